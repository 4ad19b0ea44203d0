"""The shape of the code, checked as the rest is."""
