"""Member enterprises."""
