"""Grouping chambers into joint branches, assigning guides: plain data in, a plan with its proof out. No Django here."""
