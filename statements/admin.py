"""The desk for statements: editing with history, drafts, and the queue of what could not be resolved."""

from __future__ import annotations

import secrets

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Count, Q
from django.forms import ModelForm
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from bills.search.indexing import index_bills
from statements.models import BillMention, Position, Remark, SourceDocument, Speaker, Statement
from statements.search.indexing import bills_named_by, index_statements

FIELDS_LOADING_WRITES = {
    "kind", "title", "publisher", "body", "programmes", "drafting_numbers", "stage_stated", "committee_stated",
    "source_url", "is_retold", "issues",
}  # fmt: skip


class UnresolvedFilter(admin.SimpleListFilter):
    title = _("waiting for staff")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [("speaker", _("a speaker nobody could be found for")), ("bill", _("a bill we do not hold"))]

    def queryset(self, request, queryset):
        if self.value() == "speaker":
            return queryset.filter(speakers__person=None, speakers__why_unresolved__gt="").distinct()
        if self.value() == "bill":
            return queryset.filter(bill_mentions__isnull=False, bill_mentions__bill=None).distinct()
        return queryset


class SpeakerInline(admin.TabularInline):
    model = Speaker
    extra = 0
    autocomplete_fields = ["person", "organization"]
    readonly_fields = ["why_unresolved"]
    fields = [
        "place", "name_as_written", "role", "organization_as_written", "is_primary", "person", "organization",
        "why_unresolved",
    ]  # fmt: skip


class OwnSpeakers(InlineModelAdmin):
    """For rows of a statement: only its own speakers can be chosen."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "speaker":
            kwargs["queryset"] = Speaker.objects.filter(
                statement_id=request.resolver_match.kwargs.get("object_id")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RemarkInline(OwnSpeakers, admin.StackedInline):
    model = Remark
    extra = 0
    fields = ["place", "speaker", "text", "verbatim"]


class BillMentionInline(admin.TabularInline):
    model = BillMention
    extra = 0
    autocomplete_fields = ["bill"]
    fields = [
        "as_written",
        "bill",
        "legislature_code",
        "session_year",
        "base_print_no",
        "amendment",
        "is_chief",
    ]


class PositionInline(OwnSpeakers, admin.TabularInline):
    model = Position
    extra = 0
    autocomplete_fields = ["bill", "organization"]
    fields = ["bill", "amendment", "speaker", "organization", "stance"]


@admin.register(Statement)
class StatementAdmin(SimpleHistoryAdmin):
    list_display = ["title", "date", "kind", "publisher", "state", "waiting"]
    list_filter = ["state", "kind", UnresolvedFilter, "issues", "is_retold"]
    search_fields = ["title", "publisher", "body", "speakers__name_as_written", "bill_mentions__as_written"]
    date_hierarchy = "date"
    filter_horizontal = ["issues"]
    readonly_fields = ["source", "edited_fields", "events", "loaded_at"]
    history_list_display = ["history_change_reason"]
    actions = ["publish", "withdraw_to_draft"]
    inlines = [SpeakerInline, RemarkInline, BillMentionInline, PositionInline]
    fieldsets = [
        (None, {"fields": ["title", "kind", "date", "publisher", "state", "correction", "corrected_on"]}),
        (_("Text"), {"fields": ["body", "is_retold"]}),
        (_("What it is about"), {"fields": ["issues", "programmes", "drafting_numbers"]}),
        (_("What it states of the bill"), {"fields": ["stage_stated", "committee_stated", "events"]}),
        (
            _("Where it comes from"),
            {"fields": ["source_url", "source", "loaded_at", "slug", "edited_fields"]},
        ),
    ]

    def get_queryset(self, request):
        unresolved = Q(speakers__person=None, speakers__why_unresolved__gt="")
        return super().get_queryset(request).annotate(unresolved=Count("speakers", filter=unresolved))

    @admin.display(description=_("waiting"))
    def waiting(self, statement: Statement) -> str:
        unresolved = getattr(statement, "unresolved", 0)  # annotated by get_queryset()
        return _("%(count)d speakers") % {"count": unresolved} if unresolved else ""

    @admin.display(description=_("source documents"))
    def source(self, statement: Statement) -> str:
        names = ", ".join(document.filename for document in statement.source_documents.all())
        return format_html("{}", names or "-")

    @admin.action(description=_("Publish selected statements"), permissions=["change"])
    def publish(self, request, queryset):
        self._set_state(request, queryset, Statement.State.PUBLISHED)

    @admin.action(description=_("Take selected statements back to draft"), permissions=["change"])
    def withdraw_to_draft(self, request, queryset):
        self._set_state(request, queryset, Statement.State.DRAFT)

    def _set_state(self, request, queryset, state: str) -> None:
        for statement in queryset:
            statement.state = state
            statement.save(update_fields=["state"])
        index_statements(list(queryset.values_list("pk", flat=True)))
        self.message_user(request, _("%(count)d statements changed.") % {"count": queryset.count()})

    def save_model(self, request, obj: Statement, form: ModelForm, change: bool) -> None:
        """Remember which fields staff wrote, so that loading a document again leaves them alone."""
        if change:
            obj.edited_fields = sorted(
                {*obj.edited_fields, *(FIELDS_LOADING_WRITES & set(form.changed_data))}
            )
        if not obj.identity:  # written here and read from no document: none is ever taken for it
            obj.identity = secrets.token_hex(32)
        if obj.correction and "correction" in form.changed_data and not obj.corrected_on:
            obj.corrected_on = timezone.localdate()
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj: Statement) -> None:
        bills = bills_named_by([obj.pk])
        super().delete_model(request, obj)
        index_bills(bills)

    def delete_queryset(self, request, queryset) -> None:
        bills = bills_named_by(list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)
        index_bills(bills)

    def save_related(self, request, form: ModelForm, formsets, change: bool) -> None:
        bills_before = bills_named_by([form.instance.pk])
        super().save_related(request, form, formsets, change)
        statement = form.instance
        index_statements([statement.pk], bills_before=bills_before)
        spoken = (Speaker, Remark, Position)
        if change and any(formset.has_changed() for formset in formsets if formset.model in spoken):
            statement.edited_fields = sorted({*statement.edited_fields, "remarks"})
            statement.save(update_fields=["edited_fields"])


@admin.register(SourceDocument)
class SourceDocumentAdmin(admin.ModelAdmin):
    list_display = ["filename", "statement", "loaded_at", "is_retold"]
    list_filter = ["is_retold"]
    search_fields = ["filename", "statement__title"]
    readonly_fields = ["sha256", "statement", "filename", "text", "source_url", "is_retold", "loaded_at"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):
    """The queue of names: filter by "person: empty" to see whom nobody could be found for."""

    list_display = [
        "name_as_written",
        "role",
        "organization_as_written",
        "person",
        "statement",
        "why_unresolved",
    ]
    list_filter = [("person", admin.EmptyFieldListFilter), ("organization", admin.EmptyFieldListFilter)]
    search_fields = ["name_as_written", "role", "organization_as_written", "statement__title"]
    autocomplete_fields = ["person", "organization", "statement"]
    readonly_fields = ["why_unresolved"]
    list_select_related = ["person", "statement"]

    def save_model(self, request, obj: Speaker, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_statements([obj.statement_id])


@admin.register(BillMention)
class BillMentionAdmin(admin.ModelAdmin):
    list_display = ["as_written", "statement", "bill", "session_year", "amendment", "is_chief"]
    list_filter = [("bill", admin.EmptyFieldListFilter), "legislature_code"]
    search_fields = ["as_written", "base_print_no", "statement__title"]
    autocomplete_fields = ["bill", "statement"]
    list_select_related = ["statement", "bill__session"]

    def save_model(self, request, obj: BillMention, form: ModelForm, change: bool) -> None:
        bills_before = bills_named_by([obj.statement_id])
        super().save_model(request, obj, form, change)
        index_statements([obj.statement_id], bills_before=bills_before)


@admin.register(Remark)
class RemarkAdmin(SimpleHistoryAdmin):
    list_display = ["text", "speaker", "statement", "verbatim"]
    list_filter = ["verbatim"]
    search_fields = ["text", "speaker__name_as_written", "statement__title"]
    autocomplete_fields = ["statement", "speaker"]
    list_select_related = ["speaker", "statement"]


@admin.register(Position)
class PositionAdmin(admin.ModelAdmin):
    list_display = ["__str__", "bill", "stance", "statement"]
    list_filter = ["stance"]
    search_fields = [
        "speaker__name_as_written",
        "organization__name",
        "bill__base_print_no",
        "statement__title",
    ]
    autocomplete_fields = ["statement", "bill", "speaker", "organization"]
    list_select_related = ["bill__session", "statement", "speaker", "organization"]
