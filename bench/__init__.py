"""Measurements of the product, each beside its baseline, on one machine in one run."""
