"""How does a result become a report that management reads?"""
