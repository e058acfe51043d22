"""How does the report become slides, one message each, with charts that can be edited?"""
