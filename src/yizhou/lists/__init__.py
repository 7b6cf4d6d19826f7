"""名单办事: what is done with the list of people beyond looking at it.

Owns saved filters (常用筛选: filters, sort and columns under a name, private or shared within one's own unit) and bulk
changes of the contact class (成批设置联系类别) with the record from which each is taken back. The list itself, its
filters and its columns belong to ``people``, which knows nothing of this package but its plugs.
"""
