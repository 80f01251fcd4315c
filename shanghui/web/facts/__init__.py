"""Ending a fact, whichever it is."""
