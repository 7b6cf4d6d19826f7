"""Tables of policy."""

from __future__ import annotations

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow


class PolicyDocument(LedgerRow):
    """政策与标准文件 (ledger ``policy_docs``)."""

    doc_no = models.CharField("文件编号", max_length=60)
    title = models.CharField("文件名称", max_length=200)
    role = models.CharField("文件角色", max_length=30)
    parent_no = models.CharField("上级文件编号", max_length=60, blank=True, default="")
    issued_on = models.DateField("发布日期", null=True)
    effective_from = models.DateField("生效日期")
    effective_to = models.DateField("失效日期", null=True)
    plan_years = models.IntegerField("规划年限", null=True)
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["PolicyDocument"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "政策与标准文件"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["doc_no"], name="policy_document_key"),
        ]
        indexes = [
            models.Index(fields=["area", "effective_from"], name="policy_document_area"),
            models.Index(fields=["effective_from", "id"], name="policy_document_day"),
        ]

    def __str__(self) -> str:
        return self.title
