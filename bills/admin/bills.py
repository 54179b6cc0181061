"""The desk for bills: what the source owns is read-only; our own words, and the queue to its source, are not."""

from __future__ import annotations

from django.contrib import admin, messages
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from kombu.exceptions import OperationalError as QueueError
from simple_history.admin import SimpleHistoryAdmin

from bills import tasks
from bills.admin.source_owned import ReadOnly
from bills.models import (
    Action,
    Amendment,
    Bill,
    BillDocument,
    Change,
    ExecutiveMessage,
    Issue,
    Proposal,
    RelatedBill,
    RollCall,
    Session,
    Sponsorship,
    Stage,
)
from bills.pages.change_log import fact_in_words
from bills.print_numbers import read_query
from bills.providers.base import SourceError
from bills.providers.registry import source_for
from bills.rounds import choosing, runs
from bills.search.indexing import index_bills
from bills.tracking.reasons import reasons_of

OWN_WORDS = ["short_name", "plain_summary", "proposal", "issues", "is_published"]


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


class MessageInline(ReadOnly, admin.StackedInline):
    model = ExecutiveMessage
    fields = ["kind", "year", "number", "chapter", "signer", "signed_on", "text"]


class DocumentInline(ReadOnly, admin.TabularInline):
    model = BillDocument
    fields = ["kind", "name", "url", "published_on"]


class KeptOutInline(ReadOnly, admin.TabularInline):
    """What the source says of fields that staff wrote."""

    model = Change
    verbose_name_plural = _("What its source says otherwise, and was kept out")
    fields = ["found_at", "what", "before", "after", "source"]
    readonly_fields = ["what"]
    ordering = ["-found_at", "-pk"]

    @admin.display(description=_("fact"))
    def what(self, change: Change) -> str:
        return fact_in_words(change.fact)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(was_kept_out=True)


class SponsorshipInline(admin.TabularInline):
    model = Sponsorship
    extra = 0
    can_delete = False
    autocomplete_fields = ["person", "term"]
    readonly_fields = [
        "kind", "position", "name_as_written", "seat_as_written", "why_unresolved", "joined_on", "withdrawn_on",
    ]  # fmt: skip
    fields = [
        "kind", "position", "name_as_written", "seat_as_written", "person", "term", "why_unresolved", "joined_on",
        "withdrawn_on",
    ]  # fmt: skip

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
    list_filter = [
        "session__legislature", "session", "outcome", "status", "issues", "is_published", "source",
        ("fault", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["session"]
    search_fields = ["base_print_no", "file_no", "title", "short_name"]
    autocomplete_fields = ["proposal"]
    filter_horizontal = ["issues"]
    actions = ["refresh_from_source"]
    inlines = [
        KeptOutInline, SponsorshipInline, ActionInline, StageInline, AmendmentInline, RelatedBillInline,
        RollCallInline, MessageInline, DocumentInline,
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
                    "official_summary", "sponsor_memo",
                ]
            },
        ),
        (
            _("Its source"),
            {
                "fields": [
                    "why_followed", "official_url", "source", "source_url", "checked_at", "read_at", "changed_at",
                    "fault", "fault_at", "edited_fields",
                ]
            },
        ),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [
            name for _title, options in self.fieldsets for name in options["fields"] if name not in OWN_WORDS
        ]

    @admin.display(description=_("why we follow it"))
    def why_followed(self, bill: Bill) -> str:
        row = Bill.objects.for_page(timezone.localdate()).filter(pk=bill.pk).first()
        ties = RelatedBill.objects.touching(bill).select_related("bill__session", "related__session")
        return " ".join(reasons_of(row, list(ties))) if row else ""

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

    def save_related(self, request, form: ModelForm, formsets, change: bool) -> None:
        """What search reads follows once issues and sponsors are saved too."""
        super().save_related(request, form, formsets, change)
        index_bills([form.instance.pk], whole=True)

    @admin.action(description=_("Check selected bills at their source"), permissions=["change"])
    def refresh_from_source(self, request, queryset):
        """One run for each legislature among them, whatever their number: the queue takes calls, not bills."""
        codes = sorted(set(queryset.order_by().values_list("session__legislature", flat=True)))
        count, is_queue_down = 0, False
        for code in codes:
            try:
                chosen = queryset.order_by("pk").filter(session__legislature=code)
                run = choosing.open_chosen(source_for(code), code, chosen, now=timezone.now())
            except SourceError as error:
                self.message_user(request, str(error), messages.ERROR)
                continue
            try:
                tasks.call_for_work(run)
                count += run.due
            except QueueError:
                is_queue_down = True
                runs.close(run, "The queue does not answer.")
        if is_queue_down:
            why = _("The queue does not answer. Try again later: what was not queued was not checked.")
            self.message_user(request, why, messages.ERROR)
        if count:
            told = ngettext("%(count)d bill will be checked.", "%(count)d bills will be checked.", count)
            self.message_user(request, told % {"count": count}, messages.SUCCESS)


@admin.register(Sponsorship)
class SponsorshipAdmin(admin.ModelAdmin):
    """The queue of names: filter by "person: empty" to see whom nobody could be found for."""

    list_display = ["name_as_written", "kind", "bill", "person", "why_unresolved"]
    list_filter = [("person", admin.EmptyFieldListFilter), "kind", "bill__session"]
    list_select_related = ["bill__session", "person"]
    search_fields = ["name_as_written", "person__name", "bill__base_print_no"]
    autocomplete_fields = ["person", "term"]
    readonly_fields = ["bill", "kind", "position", "name_as_written", "why_unresolved"]

    def save_model(self, request, obj: Sponsorship, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_bills([obj.bill_id], whole=True)

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    list_display = ["__str__", "start", "end"]
    list_filter = ["legislature"]
    search_fields = ["label", "year"]
    list_select_related = ["legislature"]


class NamesBills:
    """For rows whose name is searched with the bills below them."""

    def save_model(self, request, obj, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if change and "name" in form.changed_data:
            index_bills(list(obj.bills.values_list("pk", flat=True)), whole=True)

    def delete_model(self, request, obj) -> None:
        bills = list(obj.bills.values_list("pk", flat=True))
        super().delete_model(request, obj)  # type: ignore[misc]
        index_bills(bills, whole=True)

    def delete_queryset(self, request, queryset) -> None:
        bills = list(queryset.order_by().values_list("bills", flat=True))
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        index_bills([bill for bill in bills if bill], whole=True)


@admin.register(Issue)
class IssueAdmin(NamesBills, admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Proposal)
class ProposalAdmin(NamesBills, admin.ModelAdmin):
    list_display = ["name", "slug", "plain_summary"]
    list_filter = [("plain_summary", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
