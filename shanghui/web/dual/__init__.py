"""Dual rules: the territorial upper body, a second plate, a second organizational life (M09)."""
