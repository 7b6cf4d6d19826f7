"""What the catalogue gives to the ledgers: the code table ``item``, whose labels are the names of the items."""

from yizhou.catalogue.queries import catalogue
from yizhou.ledgers.columns import CodeTable, add_code_table


def item_codes() -> CodeTable:
    """Every item by its newest name; the names of earlier versions are still understood."""
    items = catalogue().items.values()
    names = {item.code: item.newest.name for item in items}
    entries = {
        item.code: {"synonyms": [v.name for v in item.versions if v.name != names[item.code]]}
        for item in items
    }
    return CodeTable("item", "办事事项", names, entries)


add_code_table(item_codes())
