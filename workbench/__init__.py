"""What we work out from the inventory and its journeys, and show."""
