"""Measurements as ratios to a floor timed in the same run; `bin/bench` prints them, README.md states the limits."""
