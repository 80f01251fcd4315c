"""Seeing duties: the calendar of organizations × months, and what is done about a slot."""
