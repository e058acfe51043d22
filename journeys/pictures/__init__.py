"""The pictures of journeys and contact points that go on a wall: SVG, made by pure functions."""
