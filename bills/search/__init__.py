"""Search for bills: `indexing` keeps the rows that are searched, `finding` asks them."""
