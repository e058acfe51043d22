"""What do real contacts say: their log, read through a profile, kept in a store, measured?"""
