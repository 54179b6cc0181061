"""Asking the sources: which bills, in what order, how often, and what is kept of each run.

`choosing` opens a run over the bills to check, `work` asks about them, `runs` keeps the account, `mirrors` reads a
clone file by file, `counting` compares totals once a week, and `watch` tells staff when a source goes quiet.
"""
