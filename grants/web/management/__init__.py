"""The management of a secretariat: results, commitments, days off."""
