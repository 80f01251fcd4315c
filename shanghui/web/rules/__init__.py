"""The rules as they are read: every rule, every norm in every version, and local rules on and off."""
