"""Receivers and their layouts: columns, order, headings, code sets as data; returns produced from the ledger (M49)."""
