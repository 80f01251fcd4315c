"""Chambers: the register, the electronic archive, and what is changed about them (M02, M03, M11)."""
