"""Import: choose files, match columns, look at problems, look at changes, done (M45)."""
