"""Reads: they take the actor and return only what that actor may see."""
