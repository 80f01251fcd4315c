"""Guides and liaisons: who looks after which chambers (M06)."""
