"""Suggestions from the code tables while one types."""
