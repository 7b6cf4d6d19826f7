"""一人一档: persons (退役军人、优抚对象、军属), their file, its page and the search for them.

It owns the people ledger and the person page, which packages above fill with panels and axis entries.
It never decides benefits and holds no case.
"""
