"""Developments of members: the list, the parts of one, one's wards and one's own road, two-way cultivation (M15)."""
