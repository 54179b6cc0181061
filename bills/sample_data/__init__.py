"""Invented bills in any number, for looking at a site and for measuring it: `manage.py make_sample_data`.

Everything is made by code from words of our own, the same for the same seed: bills, people, committees, issues. Nobody
real carries an invented bill or is quoted on one. Rows go in by COPY, a portion in one transaction, so a
kill leaves whole bills, and the next call goes on from there.

- `words` (pure) makes names, titles and texts; `invented` (pure) makes a bill with its record;
- `cast` makes the rows that many bills share: sessions, committees, issues, people with terms;
- `copying` writes rows of any model; `loading` puts it all together; `removing` takes it all away again.

What is invented is known by its source (`SOURCE`, of bills) or by the beginning of its slug (`PREFIX`, of all else).
"""

SOURCE = "sample"
PREFIX = "sample-"
