"""Messages and the one transport that carries them."""
