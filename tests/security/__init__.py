"""What an attacker, a neighbour or an accident may not do."""
