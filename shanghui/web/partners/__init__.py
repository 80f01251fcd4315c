"""共建: alliances, pairings, secretaries' projects, and the activities linked to them (M12, M13, M31)."""
