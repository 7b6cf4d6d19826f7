"""移交安置: who came back from service, which post was chosen, and insurance carried on.

Owns the resettlement record of a batch year; the person's file is the people package's.
"""
