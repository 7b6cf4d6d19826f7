"""Ground of every package: registry, actor, scope, work days, money, masking, crypto, facts.

It holds no tables and no domain words, and never imports another package of ours.
"""
