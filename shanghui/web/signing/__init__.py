"""Signing in by a code on the wall: turned on by a branch, equal to the list that the secretary ticks (M19)."""
