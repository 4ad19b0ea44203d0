"""The desk of a secretariat: queue, files, assignment, paper entry."""
