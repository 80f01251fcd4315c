"""Campaigns: what an office asks of party organizations over a period, and where each stands (M20)."""
