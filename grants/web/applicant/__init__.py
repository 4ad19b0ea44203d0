"""The space of an organization: drafts, sending, proof, follow-up."""
