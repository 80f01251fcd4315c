"""What cannot be done, in words for the office."""

from __future__ import annotations


class Refused(Exception):
    """An operation that is not carried out; the message says what is the matter and what to do now, in plain Chinese."""
