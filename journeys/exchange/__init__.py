"""How do journeys go to and come from other tools?"""
