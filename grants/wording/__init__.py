"""French in Python: labels, formats and sentences."""
