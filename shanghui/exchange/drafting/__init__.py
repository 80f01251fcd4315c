"""What an import would do, worked out in memory before anything is written (M45)."""
