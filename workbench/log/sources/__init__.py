"""How is each form of log file read, as a stream of record batches with line numbers?"""
