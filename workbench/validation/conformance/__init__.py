"""Do customers go the way that was planned, according to the log, and where do they not?"""
