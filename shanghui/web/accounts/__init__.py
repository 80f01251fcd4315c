"""Signing in, passwords, accounts and seats (M48)."""
