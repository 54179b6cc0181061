"""How the sources are read: runs, changes, cursors, counts, and the mails about them."""

from __future__ import annotations

from django.contrib import admin

from bills.admin.source_owned import SourceOwnedAdmin
from bills.models import Change, RefreshItem, RefreshRun, ScheduleEntry, SourceCount, SourceState, StaffNotice


@admin.register(Change)
class ChangeAdmin(SourceOwnedAdmin):
    list_display = ["found_at", "bill", "fact", "before", "after", "source", "was_kept_out"]
    list_filter = ["was_kept_out", "fact", "source"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "before", "after"]
    date_hierarchy = "found_at"


@admin.register(RefreshRun)
class RefreshRunAdmin(SourceOwnedAdmin):
    list_display = ["started_at", "source", "legislature", "bill", "result", "checked", "changed", "failed"]
    list_filter = ["result", "source", "legislature"]
    list_select_related = ["legislature", "bill__session"]
    search_fields = ["bill__base_print_no", "faults"]
    date_hierarchy = "started_at"


@admin.register(RefreshItem)
class RefreshItemAdmin(SourceOwnedAdmin):
    """What runs still have before them; the list of a run that has ended is gone."""

    list_display = ["run", "print_no", "session_year", "state", "tries", "not_before", "claimed_until"]
    list_filter = ["state"]
    list_select_related = ["run"]
    search_fields = ["print_no"]


@admin.register(SourceState)
class SourceStateAdmin(SourceOwnedAdmin):
    list_display = ["source", "legislature", "cursor", "cursor_moved_at", "confirmed_at", "quiet_since"]
    list_select_related = ["legislature"]


@admin.register(SourceCount)
class SourceCountAdmin(SourceOwnedAdmin):
    list_display = ["counted_at", "source", "session", "stated", "listed", "held", "found", "differences"]
    list_filter = ["source", "session"]
    list_select_related = ["session__legislature"]


@admin.register(StaffNotice)
class StaffNoticeAdmin(SourceOwnedAdmin):
    list_display = ["written_at", "subject", "sent_at"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["subject", "body"]


@admin.register(ScheduleEntry)
class ScheduleEntryAdmin(SourceOwnedAdmin):
    list_display = ["name", "last_sent_at"]
