"""The work table, search and what is shown when something is wrong."""
