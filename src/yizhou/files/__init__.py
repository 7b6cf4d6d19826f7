"""Stored files (附件): scans and photographs with their fingerprint, who kept them and who opened them.

It owns the bytes on disk and their rows. It never decides what a file is for: packages above name its title and whom
it concerns, and show it.
"""
