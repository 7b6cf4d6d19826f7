"""Database backend: Django's SQLite with a fair queue for writers and the settings that keep acknowledged
data.

``ENGINE = "yizhou.core.sqlite"``. It never changes SQL or types; only when a transaction may begin.
"""
