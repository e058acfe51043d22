"""How does the report become a workbook in which a controller can follow every sum?"""
