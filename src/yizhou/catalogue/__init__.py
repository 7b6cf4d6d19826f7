"""Catalogue: the service items 办事事项 and bundles 一件事, as dated versions read from ``data/items``.

It owns loading, checking, versions, search and the form fields of an item. It never accepts or decides a
case: a case keeps the version of the item it was filed under.
"""
