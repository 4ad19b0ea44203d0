"""The demonstration set, made by calling operations with a past now."""
