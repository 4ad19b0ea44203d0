"""Who is answered what, everywhere."""
