"""Account creation, sign-in, codes and links."""
