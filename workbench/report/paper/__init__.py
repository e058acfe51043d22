"""How does the report become a PDF in which each number can be followed to its line of the model?"""
