"""The norms: every limit with its regulation, article and the days it is in force. A subject is one module."""
