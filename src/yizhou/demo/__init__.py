"""The synthetic county or city (演示): fictional people and a year of work, through the same ledgers and actions as real data.

It writes files and imports them; it never stores rows by itself and never runs on a database that has people.
"""
