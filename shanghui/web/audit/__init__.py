"""The journal as pages: everything that was done, and taking a step back."""
