"""Every figure of a node, and the list behind each number (M41)."""
