"""Returns by receivers' layouts: what is offered, previewed, supplied, produced and kept; layouts changed (M49, M51)."""
