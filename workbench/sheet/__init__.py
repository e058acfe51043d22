"""How does the inventory go to a workshop as an Excel workbook, and come back?"""
