"""The desk for bills: what the source owns is read-only; our own words, and the queue to its source, are not."""

from __future__ import annotations

from django.contrib import admin, messages
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from kombu.exceptions import OperationalError
from simple_history.admin import SimpleHistoryAdmin

from bills import tasks
from bills.models import (
    Action,
    Amendment,
    Bill,
    Change,
    Issue,
    PollAnswer,
    Proposal,
    RefreshRun,
    RelatedBill,
    RollCall,
    Session,
    Sponsorship,
    Stage,
)
from bills.print_numbers import read_query

OWN_WORDS = ["short_name", "plain_summary", "proposal", "issues", "is_published"]


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


class ActionInline(ReadOnly, admin.TabularInline):
    model = Action
    fields = ["sequence", "date", "chamber", "text", "body", "result"]


class StageInline(ReadOnly, admin.TabularInline):
    model = Stage
    fields = ["position", "code", "chamber", "date", "committee"]


class AmendmentInline(ReadOnly, admin.TabularInline):
    model = Amendment
    fields = ["letter", "published_on"]


class RollCallInline(ReadOnly, admin.TabularInline):
    model = RollCall
    fields = ["date", "chamber", "committee", "amendment", "ayes", "nays", "others"]


class RelatedBillInline(ReadOnly, admin.TabularInline):
    model = RelatedBill
    fk_name = "bill"
    fields = ["kind", "session_year", "print_no", "related"]


class SponsorshipInline(admin.TabularInline):
    model = Sponsorship
    extra = 0
    can_delete = False
    autocomplete_fields = ["person", "term"]
    readonly_fields = ["kind", "position", "name_as_written", "why_unresolved"]
    fields = ["kind", "position", "name_as_written", "person", "term", "why_unresolved"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Bill)
class BillAdmin(SimpleHistoryAdmin):
    list_display = [
        "display_no",
        "session",
        "name",
        "status",
        "outcome",
        "status_date",
        "checked_at",
        "is_published",
    ]
    list_filter = ["session__legislature", "session", "outcome", "status", "issues", "is_published", "source"]
    list_select_related = ["session"]
    search_fields = ["base_print_no", "file_no", "title", "short_name"]
    autocomplete_fields = ["proposal"]
    filter_horizontal = ["issues"]
    actions = ["refresh_from_source"]
    inlines = [
        SponsorshipInline, ActionInline, StageInline, AmendmentInline, RelatedBillInline, RollCallInline,
    ]  # fmt: skip
    fieldsets = [
        (_("Our own words"), {"fields": OWN_WORDS}),
        (
            _("From the record, read-only"),
            {
                "fields": [
                    "session", "base_print_no", "file_no", "chamber", "active_amendment", "title", "act_clause",
                    "law_section", "status", "status_date", "status_chamber", "status_committee", "outcome",
                    "ended_on", "substituted_by", "chapter", "law_since", "introduced_on", "last_action_on",
                ]
            },
        ),
        (
            _("Its source"),
            {"fields": ["official_url", "source", "source_url", "checked_at", "changed_at", "edited_fields"]},
        ),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [
            name for _title, options in self.fieldsets for name in options["fields"] if name not in OWN_WORDS
        ]

    def has_add_permission(self, request) -> bool:
        """Bills come from their source or from a records folder, never typed in."""
        return False

    def get_search_results(self, request, queryset, search_term):
        """Also find any spelling of a print number."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        numbers = read_query(search_term)
        if numbers:
            found = queryset.filter(
                pk__in={row.pk for number in numbers for row in Bill.objects.numbered(number)}
            )
        return found, may_repeat

    def save_model(self, request, obj: Bill, form: ModelForm, change: bool) -> None:
        """Remember which fields staff wrote, so that a refresh leaves them alone."""
        written = {"short_name", "plain_summary", "proposal", "issues"} & set(form.changed_data)
        obj.edited_fields = sorted({*obj.edited_fields, *written})
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Check selected bills at their source"), permissions=["change"])
    def refresh_from_source(self, request, queryset):
        ids = list(queryset.values_list("pk", flat=True))
        try:
            for bill_id in ids:
                tasks.refresh_bill.apply_async([bill_id], retry=False)
        except OperationalError:
            self.message_user(request, _("The queue does not answer; nothing was checked."), messages.ERROR)
            return
        told = ngettext("%(count)d bill will be checked.", "%(count)d bills will be checked.", len(ids))
        self.message_user(request, told % {"count": len(ids)}, messages.SUCCESS)


@admin.register(Sponsorship)
class SponsorshipAdmin(admin.ModelAdmin):
    """The queue of names: filter by "person: empty" to see whom nobody could be found for."""

    list_display = ["name_as_written", "kind", "bill", "person", "why_unresolved"]
    list_filter = [("person", admin.EmptyFieldListFilter), "kind", "bill__session"]
    list_select_related = ["bill__session", "person"]
    search_fields = ["name_as_written", "person__name", "bill__base_print_no"]
    autocomplete_fields = ["person", "term"]
    readonly_fields = ["bill", "kind", "position", "name_as_written", "why_unresolved"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    list_display = ["__str__", "start", "end"]
    list_filter = ["legislature"]
    search_fields = ["label", "year"]
    list_select_related = ["legislature"]


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


class SourceOwnedAdmin(ReadOnly, admin.ModelAdmin):
    """Rows to look at and search, not to change."""


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
