"""Matters worked in steps: the list, one of them, its steps."""
