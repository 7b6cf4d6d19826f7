"""What the package puts on the list of people: the menu of saved filters, and the contact class for many."""

from yizhou.people.plugs import BULK, LIST_MENUS, BulkVerb, ListMenu

LIST_MENUS.add("saved", ListMenu("常用筛选", "lists.save_filter", "lists:menu", "lists:saved"))
BULK.add("contact_class", BulkVerb("设置联系类别", "lists.set_class", "lists:set_class"))
