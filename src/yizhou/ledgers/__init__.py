"""Excel in, Excel out (台账): template, checking, import, export from one declaration per ledger.

The columns are facts (``data/ledgers/<name>.toml``); a package binds them to its table with one ``Ledger``.
It knows no domain: what is special about a ledger comes with its declaration.
"""
