"""导出登记: every file that leaves the system with people's data, who asked for it and what for, who approved it, and
the fingerprint by which a file that turns up elsewhere is led back to its taker (handbook §21, trust.md G25).

It knows no domain: what can be exported is declared by the packages that own it, in ``sources``. It never writes what
is sealed in plain; that stays with the command line.
"""
