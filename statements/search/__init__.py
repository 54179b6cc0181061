"""Search for statements: `indexing` keeps the rows that are searched, `finding` asks them.

`vocabulary` knows the words of bills and statements, for a misspelt one.
"""
