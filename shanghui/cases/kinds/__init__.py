"""The kinds of case, one module each; see docs/adding-a-kind-of-case.md."""
