"""Work that a request does not wait for."""
