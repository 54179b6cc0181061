"""The public API's share of this app: bills, what changed on them, proposals, issues, sessions, sources."""
