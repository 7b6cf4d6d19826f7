"""生命周期事件: what happens in a life opens tasks for the stations (一朝参军入伍，终身为您服务, handbook §4).

It reads facts that other packages keep and owns what they set off: events and their tasks. It never changes a fact and
never stops a payment: what speaks against somebody is put before a human being.
"""
