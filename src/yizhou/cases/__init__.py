"""办件: file, accept, supplement, sign, suspend, refer, decide, deliver, rate — what departments owe each other.

Owns the bundle 一件事 (one form, several departments), the case 办件 with its clock, pauses, notices of missing
materials, urges and the ratings 好差评. It never decides what an item is (``catalogue``), and never writes what
finishing produces: the item names an effect, and the package that owns the record registers it (``finishing``).
"""
