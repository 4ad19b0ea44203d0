"""The benchmarks at a small size: what they count, never how long it takes."""
