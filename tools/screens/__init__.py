"""Photographs the main screens of a demonstration, at two widths, into docs/screens/."""
