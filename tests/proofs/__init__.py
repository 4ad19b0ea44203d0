"""The published proofs: each rule with its guards, with one of them, and with none."""
