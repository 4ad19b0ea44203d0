"""Tests of the mails and of their way out."""
