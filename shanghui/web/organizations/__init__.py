"""Party organizations: the register, their pages, and what is changed about them (M03, M08)."""
