"""The nightly files with everything that readers can see: what a table is, and how a set of files is written.

Each app names its own tables (sponsors/bulk/tables.py, bills/bulk.py, statements/bulk.py).
"""
