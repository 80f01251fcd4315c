"""The first page of an empty installation: whose it is, and the first account."""
