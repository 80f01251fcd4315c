"""Work in steps with papers and deadlines; at its end it calls ledger operations (M05, M08)."""
