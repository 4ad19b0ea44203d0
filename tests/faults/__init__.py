"""Faults with real processes: killed, frozen, flushed, switched off."""
