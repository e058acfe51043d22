"""Does the contact log agree with the model?"""
