"""The administration of a secretariat: its people, their roles, the installation's health."""
