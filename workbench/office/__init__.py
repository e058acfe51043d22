"""How does the report become files that an office works on: a workbook that calculates, slides with charts to edit?"""
