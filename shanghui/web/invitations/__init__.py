"""Invitations to hold an activity together, and their answers."""
