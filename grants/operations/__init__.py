"""Business verbs: the only code that changes rows."""
