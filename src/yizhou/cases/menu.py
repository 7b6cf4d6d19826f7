"""Menu entries of cases."""

from yizhou.core.menu import entry

entry("cases:list", "事项办理", group="axis", permission="cases.list_cases", order=30)
entry("cases:bundles", "一件事联办", group="smart", permission="cases.list_cases", order=20)
entry("cases:inbox", "部门待办", group="axis", permission="cases.open_inbox", order=31)
entry("cases:ratings", "好差评", group="smart", permission="cases.list_ratings", order=60)
