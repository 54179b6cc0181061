"""How fast the refresh is and how much memory it takes: `make bench`. docs/benchmarks.md tells what is measured.

Times are printed and never asserted; what is counted (questions, bytes) is asserted in `tests/`.
"""
