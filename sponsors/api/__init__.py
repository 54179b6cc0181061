"""The public API's share of this app, and what every part of it uses: shapes, pages, errors, limits.

It lives here because every other app may import this one; config/api.py joins the parts.
"""
