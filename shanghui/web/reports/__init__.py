"""Pages of reports: the draft beside where its figures come from, the frozen one beside what changed since (M43)."""
