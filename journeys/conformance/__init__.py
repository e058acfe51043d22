"""How far do the journeys that happened follow the journeys that were planned? Pure functions on coded sequences."""
