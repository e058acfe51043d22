"""How customers move through the points of contact."""
