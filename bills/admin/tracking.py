"""Which bills are followed: topic queries, what they found, and what we want and do not hold yet."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bills.admin.source_owned import SourceOwnedAdmin
from bills.models import Candidate, TopicQuery, WantedBill
from bills.print_numbers import PrintNumber, parse_print_no, session_named
from bills.tracking import candidates
from bills.tracking.topics import read_words


class TopicQueryForm(forms.ModelForm):
    class Meta:
        model = TopicQuery
        fields = ["name", "words", "legislatures", "follows_at_once", "is_active"]
        widgets = {"legislatures": forms.CheckboxSelectMultiple}

    def clean_words(self) -> str:
        try:
            return "\n".join(read_words(self.cleaned_data["words"]))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


@admin.register(TopicQuery)
class TopicQueryAdmin(admin.ModelAdmin):
    form = TopicQueryForm
    list_display = ["name", "all_words", "follows_at_once", "is_active"]
    list_filter = ["is_active", "follows_at_once", "legislatures"]
    search_fields = ["name", "words"]

    @admin.display(description=_("words"))
    def all_words(self, query: TopicQuery) -> str:
        return ", ".join(query.words.splitlines())

    def save_model(self, request: HttpRequest, obj: TopicQuery, form: forms.ModelForm, change: bool) -> None:
        """New words have not been searched for, whatever the old ones have."""
        if {"words", "legislatures", "is_active"} & set(form.changed_data):
            obj.searched = {}
        super().save_model(request, obj, form, change)


class FollowForm(forms.ModelForm):
    """A bill that staff want followed, by its number in any spelling."""

    number = forms.CharField(
        max_length=60,
        label=_("Print number"),
        help_text=_("In any spelling: S.04075-A, Int 1568-2017, H.R. 6"),
    )
    year = forms.IntegerField(
        min_value=1,
        max_value=2199,
        label=_("Session"),
        help_text=_("Any year of it; of Congress its number."),
    )

    class Meta:
        model = Candidate
        fields = ["legislature"]

    def clean(self) -> dict:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        code = found["legislature"].pk
        try:
            session = session_named(code, found["year"])
            number = parse_print_no(found["number"], legislature=code, session=session)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if number.session != session:
            told = _("The number names another session than the one given here.")
            raise forms.ValidationError(told)
        return {**found, "print_number": number}


@admin.register(Candidate)
class CandidateAdmin(admin.ModelAdmin):
    """Bills that topic queries found; staff follow or dismiss them, many at once, or name one of their own."""

    list_display = ["print_no", "session_year", "legislature", "title", "topics", "found_at", "state"]
    list_filter = ["state", "legislature", "session_year", "source"]
    list_select_related = ["legislature"]
    list_per_page = 100
    search_fields = ["print_no", "title", "summary"]
    actions = ["follow_selected", "dismiss_selected"]
    readonly_fields = [
        "legislature",
        "session_year",
        "print_no",
        "title",
        "summary",
        "topics",
        "source",
        "found_at",
        "state",
        "decided_at",
        "bill",
    ]

    @admin.display(description=_("found by"))
    def topics(self, row: Candidate) -> str:
        return ", ".join(row.found_by) or str(_("staff"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            return FollowForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["legislature", "year", "number"]})]
        return [(None, {"fields": self.readonly_fields})]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.readonly_fields

    def has_change_permission(self, request, obj=None) -> bool:
        """The list's actions ask for it; a row itself is only looked at."""
        return super().has_change_permission(request) if obj is None else False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A dismissed bill must be remembered, or the next search brings it again."""
        return False

    def save_model(self, request: HttpRequest, obj: Candidate, form: forms.ModelForm, change: bool) -> None:
        number: PrintNumber = form.cleaned_data["print_number"]
        with transaction.atomic():
            chosen = candidates.choose(number, now=timezone.now())
        # The admin goes on with the row it made: it is this one.
        obj.__dict__.update({name: value for name, value in chosen.__dict__.items() if name != "_state"})
        obj._state.adding, obj._state.db = False, chosen._state.db

    def response_add(self, request: HttpRequest, obj: Candidate, post_url_continue: str | None = None):
        """Say what comes of it: a bill of this number may be here, or known as a candidate, already."""
        named = {"bill": str(obj)}
        told = _("%(bill)s is here already, and stays followed.") if obj.bill_id else None
        told = told or _("%(bill)s will be fetched at the next round, if its source has it.")
        self.message_user(request, told % named, messages.SUCCESS)
        return self.response_post_save_add(request, obj)

    @admin.action(description=_("Follow selected bills"), permissions=["change"])
    def follow_selected(self, request: HttpRequest, queryset: QuerySet[Candidate]) -> None:
        count = candidates.follow(queryset, now=timezone.now())
        told = ngettext(
            "%(count)d bill will be fetched at the next round.",
            "%(count)d bills will be fetched at the next round.",
            count,
        )
        self.message_user(request, told % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Dismiss selected bills"), permissions=["change"])
    def dismiss_selected(self, request: HttpRequest, queryset: QuerySet[Candidate]) -> None:
        count = candidates.dismiss(queryset, now=timezone.now())
        told = ngettext("%(count)d bill was dismissed.", "%(count)d bills were dismissed.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)


@admin.register(WantedBill)
class WantedBillAdmin(SourceOwnedAdmin):
    """Bills that are called for and have not come: look here when a document names a number that does not exist."""

    list_display = [
        "print_no",
        "session_year",
        "legislature",
        "why",
        "wanted_since",
        "tries",
        "ask_after",
        "fault",
    ]
    list_filter = ["why", "legislature", "session_year"]
    list_select_related = ["legislature"]
    search_fields = ["print_no", "fault"]
