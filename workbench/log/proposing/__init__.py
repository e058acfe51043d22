"""How is a file of an unknown source looked at, and a profile for it proposed?"""
