"""Search, as far as every app needs it: what a reader asks for, how PostgreSQL is asked, and what is shown of a text.

`grammar` reads the words, `text` makes questions and vectors of them, `snippets` marks what was found, `people` finds
people by name. Bills and statements build their own parts on these (bills/search, statements/search).
"""
