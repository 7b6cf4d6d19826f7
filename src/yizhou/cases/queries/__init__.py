"""Reads of cases: facts for the rules, and what the pages show."""
