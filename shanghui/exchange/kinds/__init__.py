"""What each kind of recognised record does to the ledger; one module a kind, filled by walking the folder."""
