"""Which contacts can move to another touchpoint, what does that bring, and what stands in the way?"""
