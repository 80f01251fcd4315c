"""Fictional data to look around in (domain.md §5): never mixed with an office's own."""
