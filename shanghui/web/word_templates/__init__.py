"""Pages of Word templates: by kind of document, their fields, a version tried, put in force, ended (M43)."""
