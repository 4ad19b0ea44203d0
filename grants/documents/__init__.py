"""Rows or sheets in, bytes out."""
