"""Packages up and down: submissions of ours, packages received, who they go to and come from (M46)."""
