"""People: the list, one person's record, its changes, full numbers for a reason, one's own record (M14, M48)."""
