"""Word files with fields: opened with care, checked against the fields they may use, filled (M43). It knows no database."""
