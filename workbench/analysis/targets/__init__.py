"""Do we keep what we promise, by the model and by the log, and what would it take?"""
