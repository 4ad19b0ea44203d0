"""Appui: grant-program management. Layers are folders; arrows only go down."""
