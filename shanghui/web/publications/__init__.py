"""党务公开: notices with their period and audience (M22)."""
