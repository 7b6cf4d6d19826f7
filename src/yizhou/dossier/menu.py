"""Where the whole form as a workbook stands in the navigation."""

from yizhou.core.menu import entry

entry("dossier:workbook", "整本采集表", group="govern", permission="ledgers.upload_file", order=31)
