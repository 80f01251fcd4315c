"""The rules: one module each, the docstring of its function is the sentence the office reads."""
