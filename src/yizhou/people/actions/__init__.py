"""Verbs on the person's file: reveal a field, create a file, correct it. One verb a module."""
