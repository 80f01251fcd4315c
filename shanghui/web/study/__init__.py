"""Study hours: one's own, and of a branch for its own secretary."""
