"""Posts in chambers and party organizations (M10)."""
