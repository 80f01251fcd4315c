"""What every page is built from: figures, days, pages of rows, forms. See docs/kit.md."""
