"""How do results look: the pictures and charts of journeys, cases, content, staff, steering and the log?"""
