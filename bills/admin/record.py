"""The parts of bills' records, to be looked at."""

from __future__ import annotations

from django.contrib import admin

from bills.admin.source_owned import SourceOwnedAdmin
from bills.models import (
    Action,
    AgendaItem,
    Amendment,
    BillDocument,
    ExecutiveMessage,
    Meeting,
    PollAnswer,
    PrintText,
    RelatedBill,
    RollCall,
    Stage,
)


@admin.register(Action)
class ActionAdmin(SourceOwnedAdmin):
    list_display = ["date", "bill", "chamber", "text"]
    list_filter = ["chamber", "bill__session"]
    list_select_related = ["bill__session"]
    search_fields = ["text", "bill__base_print_no"]
    date_hierarchy = "date"


@admin.register(Amendment)
class AmendmentAdmin(SourceOwnedAdmin):
    list_display = ["__str__", "letter", "published_on"]
    list_filter = ["bill__session"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no"]


@admin.register(PrintText)
class PrintTextAdmin(SourceOwnedAdmin):
    list_display = ["__str__", "letter", "is_cut", "source", "read_at"]
    list_filter = ["source", "is_cut"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no"]

    def get_queryset(self, request):
        """Without the texts: a hundred of them would be some 40 MB."""
        return super().get_queryset(request).defer("text")


@admin.register(Stage)
class StageAdmin(SourceOwnedAdmin):
    list_display = ["bill", "position", "code", "date", "committee"]
    list_filter = ["code", "bill__session"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "committee"]


@admin.register(RelatedBill)
class RelatedBillAdmin(SourceOwnedAdmin):
    list_display = ["bill", "kind", "session_year", "print_no", "related"]
    list_filter = ["kind", ("related", admin.EmptyFieldListFilter)]
    list_select_related = ["bill__session", "related__session"]
    search_fields = ["bill__base_print_no", "print_no"]


@admin.register(RollCall)
class RollCallAdmin(SourceOwnedAdmin):
    list_display = ["bill", "date", "chamber", "committee", "ayes", "nays", "others"]
    list_filter = ["chamber", "bill__session"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "committee"]


@admin.register(PollAnswer)
class PollAnswerAdmin(SourceOwnedAdmin):
    """Answers are nobody's to edit; the voter's number stays out of the list."""

    list_display = ["bill", "answer", "answered_on"]
    list_filter = ["answer", "answered_on"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no"]
    exclude = ["voter"]


@admin.register(ExecutiveMessage)
class ExecutiveMessageAdmin(SourceOwnedAdmin):
    list_display = ["bill", "kind", "year", "number", "signer", "signed_on"]
    list_filter = ["kind", "year"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "text"]


@admin.register(AgendaItem)
class AgendaItemAdmin(SourceOwnedAdmin):
    list_display = ["bill", "kind", "year", "number", "chamber", "committee"]
    list_filter = ["kind", "chamber", "year"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "committee"]


@admin.register(BillDocument)
class BillDocumentAdmin(SourceOwnedAdmin):
    list_display = ["bill", "kind", "name", "published_on"]
    list_filter = ["kind"]
    list_select_related = ["bill__session"]
    search_fields = ["bill__base_print_no", "name"]


@admin.register(Meeting)
class MeetingAdmin(SourceOwnedAdmin):
    list_display = ["date", "legislature", "chamber", "committee", "state", "read_at"]
    list_filter = ["legislature", "state", "kind"]
    search_fields = ["committee", "notes"]
    date_hierarchy = "date"
