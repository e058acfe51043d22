"""How is a model filled in together, in tables in the browser?"""
