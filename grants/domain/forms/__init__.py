"""Application forms as data: their description, how answers are read and checked."""
