"""Which answers are missing, expired, unfit or not to be found, and what does that cost?"""
