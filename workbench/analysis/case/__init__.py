"""What do scenarios bring, month by month, and how sure is that?"""
