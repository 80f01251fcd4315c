"""Reconciliation on pages: what was compared, the upload, the result worked through field by field (M50)."""
