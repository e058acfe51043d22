"""What exists at each point of contact: the inventory as plain data."""
