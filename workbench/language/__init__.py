"""How is a result said in Dutch and in English?"""
