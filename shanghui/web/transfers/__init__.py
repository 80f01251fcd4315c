"""Relations on their way: the ledger, one transfer, sending, receiving, letters (M16)."""
