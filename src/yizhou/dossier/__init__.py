"""采集表: what the collection form (信息采集表) asks of a person beside the people ledger, one row a spell or record.

Owns those ledgers, which sections apply to which of the twelve groups, the tab and the printed form. What one of the
other ledgers holds already (plaques, payments, classes) it shows and does not keep twice.
"""
