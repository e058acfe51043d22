"""What would the contact log look like if the model, or a stated truth, were so?"""
