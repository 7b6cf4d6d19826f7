"""Reads of duplicates and merges."""
