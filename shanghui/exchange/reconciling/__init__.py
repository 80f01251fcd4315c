"""Reconciliation (M50): an export of another system beside the ledger, accepted field by field, kept as a record; never a blind overwrite."""
