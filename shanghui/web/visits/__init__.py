"""Guides' visits: written down on the telephone, read in the list and on the chamber's archive (M06)."""
