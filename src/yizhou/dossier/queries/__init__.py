"""Reads of the form: what the rules must know beside a row, the sections of a person's form with their rows."""
