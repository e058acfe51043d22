"""How does one look at a model, try scenarios and change it in a browser?"""
