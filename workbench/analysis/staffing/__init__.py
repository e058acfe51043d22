"""Have we the staff for the service we promise?"""
