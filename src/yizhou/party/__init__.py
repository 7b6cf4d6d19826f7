"""党建: transfers of party membership between organisations.

Owns the letters of transfer; who is a party member stands in the person's file.
"""
