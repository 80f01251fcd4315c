"""Checking a draft: every figure in it against the arithmetic of the text itself (M44). Text in, findings out; no database."""
