"""The two coverages 两个覆盖 by level, kind and form, as at any day; two days side by side (M04)."""
