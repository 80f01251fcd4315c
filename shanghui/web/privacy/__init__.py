"""Who sees what of a person: the table, for everybody who is signed in (M48, PIPL 17)."""
