"""Planning joint branches: which uncovered chambers could stand together, and turning a group into a case (M07)."""
