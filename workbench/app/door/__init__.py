"""Who may open the live page, and how does one say who one is?"""
