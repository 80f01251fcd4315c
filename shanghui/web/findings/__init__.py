"""Findings: what the rules found overdue, who follows it, what was explained, what is fixed."""
