"""The desk for bills: each module registers its part."""

from bills.admin import bills, record, refresh, tracking

__all__ = ["bills", "record", "refresh", "tracking"]
