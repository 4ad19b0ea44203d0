"""What a person sees, in a real browser against a real server."""
