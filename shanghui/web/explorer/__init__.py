"""Any figures of a node and of what is below it on any days, as table and chart; saved as views (M41)."""
