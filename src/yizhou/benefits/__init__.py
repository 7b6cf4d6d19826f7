"""抚恤补助: what was paid to whom for which month.

Owns the payrolls; standards and eligibility are the policy package's.
"""
