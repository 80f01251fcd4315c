"""Figures and ledgers sent up as one signed file, verified and answered by the upper installation (M46)."""
