"""Reads of archives: the page, the list, what is in a catalogue and what is missing from it."""
