"""Dues: sums for offices, names for whoever collects in his own branch, one's own for everybody."""
