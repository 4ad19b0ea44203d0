"""Tests of the work that no request waits for."""
