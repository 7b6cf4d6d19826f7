"""Events of archives."""

from yizhou.events.kinds import kind

kind("archive.opened", "建立电子档案", on_axis=True)
kind("archive.shelved", "改存放位置")
kind("archive.item_added", "卷内材料入目")
kind("archive.item_corrected", "更正卷内材料")
kind("archive.item_removed", "撤出卷内材料")
kind("archive.pages_added", "扫描卷内材料")
kind("archive.page_replaced", "替换扫描页")
kind("archive.page_looked_at", "查阅档案扫描页", changes=False)
kind("archive.judged", "核定档案要件")
kind("archive.verified", "校验档案扫描页")
kind("archive.papers_filed", "办件材料归档")
kind("archive.outing_asked", "申请档案借阅转递")
kind("archive.outing_decided", "审批档案借阅转递")
kind("archive.outing_withdrawn", "撤回档案借阅转递")
kind("archive.handed_over", "交出档案", on_axis=True)
kind("archive.signed_for", "电子签收档案", on_axis=True)
kind("archive.outing_closed", "档案归还或收到回执", on_axis=True)
