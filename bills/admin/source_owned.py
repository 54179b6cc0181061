"""Rows that a source owns: staff look at them and search them, and do not change them."""

from __future__ import annotations

from django.contrib import admin


class ReadOnly:
    """For rows that the source owns: staff see them and cannot change them."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class SourceOwnedAdmin(ReadOnly, admin.ModelAdmin):
    """Rows to look at and search, not to change."""
