"""The figures, theme by theme. A new one is one function here and one row in the worked-city test."""
