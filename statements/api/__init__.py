"""The public API's share of this app: published statements, and what is said in them."""
