"""How fast pages, poll, documents and refresh are, and how much memory it takes: `make bench`, docs/performance.md.

Times are printed and never asserted; what is counted (questions, bytes) is asserted in `tests/`.
"""
