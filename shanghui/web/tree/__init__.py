"""Federations: the tree and its changes (M01)."""
