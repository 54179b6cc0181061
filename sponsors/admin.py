"""The desk for people, organisations and committees."""

from __future__ import annotations

from django.contrib import admin
from django.forms import ModelForm
from simple_history.admin import SimpleHistoryAdmin

from sponsors.models import Committee, Legislature, Organization, Person, Term
from sponsors.roster import people_renamed


class TermInline(admin.TabularInline):
    model = Term
    extra = 0


@admin.register(Person)
class PersonAdmin(SimpleHistoryAdmin):
    list_display = ["name", "sort_name", "note"]
    list_filter = ["terms__legislature", "terms__chamber", "terms__party"]
    search_fields = ["name", "aliases", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TermInline]

    def save_model(self, request, obj: Person, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            people_renamed.send(sender=Person, ids={obj.pk})


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ["person", "chamber", "district", "party", "start", "end"]
    list_filter = ["legislature", "chamber", "party"]
    search_fields = ["person__name", "district"]
    autocomplete_fields = ["person"]
    list_select_related = ["person"]


@admin.register(Organization)
class OrganizationAdmin(SimpleHistoryAdmin):
    list_display = ["name", "website"]
    search_fields = ["name", "aliases"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):
    list_display = ["name", "chamber", "legislature"]
    list_filter = ["legislature", "chamber"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    list_select_related = ["legislature"]


@admin.register(Legislature)
class LegislatureAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "website"]
    search_fields = ["name", "code"]
    readonly_fields = ["code"]

    def has_add_permission(self, request) -> bool:
        """A legislature needs a ladder and print numbers in code before it can have a row."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
