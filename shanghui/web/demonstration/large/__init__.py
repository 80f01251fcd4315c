"""A province and a nation, invented, written straight into the tables: to look at, and to measure on (bench/)."""
