"""A content laid out on paper. Nothing here asks the database."""
