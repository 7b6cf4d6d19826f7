"""The rules of handbook §3 over the ledgers of the form: the same for a file, a form and the API.

Columns named ``beside:…`` come from the person's file and from the person's other rows (``queries/beside.py``).
"""
