"""What does each record of the model hold?"""
