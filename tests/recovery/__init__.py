"""Does the ledger find what is planted in a simulated log, and nothing else?"""
