"""The chambers without a party organization, worked one by one (M04)."""
