"""Facts over time: it records and never judges. programs ▸ activities ▸ people ▸ organizations."""
