"""尊崇: the preferential card 优待证 and the plaque of honour 光荣牌, issued when the case for them is decided.

Owns the records of what was issued and hung; it never decides a case and never asks who is eligible: the item does.
"""
