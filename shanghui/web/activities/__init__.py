"""Activities: what happened, entered once (M19–M22, M35)."""
