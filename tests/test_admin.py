"""The staff's desk: every page opens, source facts are read-only, edits are remembered and kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from bills.models import Action, Bill, Session, Sponsorship
from sponsors.models import Person
from statements.models import BillMention, Remark, Speaker, Statement

OURS = [
    model for model in admin.site._registry if model._meta.app_label in {"bills", "sponsors", "statements"}
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def bill():
    session = Session.objects.create(
        legislature_id="ny", year=2017, label="2017-2018", start=date(2017, 1, 1), end=date(2018, 12, 31)
    )
    bill = Bill.objects.create(
        session=session, base_print_no="S9001", slug="s9001", chamber="senate", title="Relates to x"
    )
    Action.objects.create(
        bill=bill, sequence=1, date=date(2017, 2, 2), chamber="senate", text="REFERRED TO CODES"
    )
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=1, name_as_written="EXAMPLE", why_unresolved="nobody"
    )
    return bill


@pytest.fixture
def statement(bill):
    statement = Statement.objects.create(
        identity="a" * 64,
        slug="a-title",
        kind="press_release",
        title="A title",
        date=date(2017, 2, 6),
        body="Text.",
    )
    speaker = Speaker.objects.create(
        statement=statement, place=1, name_as_written="Ana Example", is_primary=True
    )
    Remark.objects.create(
        statement=statement, speaker=speaker, place=1, text="Something was said.", verbatim=False
    )
    BillMention.objects.create(
        statement=statement,
        bill=bill,
        as_written="S9001-A",
        legislature_code="ny",
        base_print_no="S9001",
        amendment="A",
    )
    return statement


def form_values(page) -> dict[str, str]:
    """What a browser would send for the admin page as it stands."""
    values = {}
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                values |= {bound.html_name: "on"} if value else {}
            elif isinstance(value, list):
                values[bound.html_name] = value
            else:
                values[bound.html_name] = "" if value is None else str(value)
    return values


def edit(admin_client, row, **changes: str):
    """Open the row's page, change some fields and save, as staff would."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    values = form_values(admin_client.get(address)) | changes
    answer = admin_client.post(address, {name: value for name, value in values.items() if value is not None})
    assert answer.status_code == 302, answer.context["errors"]
    row.refresh_from_db()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_opens_and_can_be_searched(admin_client, model, statement):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert admin_client.get(address).status_code == 200
    assert admin_client.get(address, {"q": "S.09001-A"}).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_opens(admin_client, model, statement):
    row = model.objects.first()
    if row is None:
        address, arguments = "add", []
    else:
        address, arguments = "change", [row.pk]
    answer = admin_client.get(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{address}", args=arguments)
    )
    assert answer.status_code == (200 if row or answer.status_code == 200 else 403)


def test_every_model_of_the_record_is_at_the_desk():
    from django.apps import apps

    for_search_alone = {
        "BillSearch",
        "ListedBill",
        "BillText",
        "StatementSearch",
        "Word",
    }  # made from other rows, over and over
    missing = {
        model.__name__
        for app in ("bills", "sponsors", "statements")
        for model in apps.get_app_config(app).get_models()
        if model not in OURS and not model.__name__.startswith("Historical") and "_" not in model.__name__
    }
    assert missing == for_search_alone


def test_a_visitor_without_an_account_is_sent_to_the_log_in_page(client):
    answer = client.get(reverse("admin:statements_statement_changelist"))
    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_a_bill_is_found_by_any_spelling_of_its_number(admin_client, bill):
    answer = admin_client.get(reverse("admin:bills_bill_changelist"), {"q": "s.09001-a"})
    assert "S9001" in answer.content.decode()


def test_facts_of_the_source_cannot_be_typed_over(admin_client, bill):
    edit(admin_client, bill, title="Forged", status="SIGNED_BY_GOV", short_name="Example Act")
    assert (bill.title, bill.status, bill.short_name) == ("Relates to x", "", "Example Act")
    assert bill.edited_fields == ["short_name"]


def test_editing_a_statement_is_remembered_field_by_field_with_its_history(
    admin_client, statement, admin_user
):
    edit(admin_client, statement, body="Better text.", state="draft")
    assert (statement.body, statement.state, statement.edited_fields) == ("Better text.", "draft", ["body"])
    latest = statement.history.first()
    assert (latest.body, latest.history_user) == ("Better text.", admin_user)
    page = admin_client.get(reverse("admin:statements_statement_history", args=[statement.pk]))
    assert admin_user.username in page.content.decode()


def test_editing_a_remark_protects_what_was_said(admin_client, statement):
    edit(admin_client, statement, **{"remarks-0-text": "Something else was said."})
    assert statement.remarks.get().text == "Something else was said."
    assert statement.edited_fields == ["remarks"]


def test_saving_without_a_change_protects_nothing(admin_client, statement):
    edit(admin_client, statement)
    assert statement.edited_fields == []


def test_staff_say_who_a_speaker_is(admin_client, statement):
    person = Person.objects.create(slug="ana-example", name="Ana Example", sort_name="Example, Ana")
    edit(admin_client, statement, **{"speakers-0-person": str(person.pk)})
    assert statement.speakers.get().person == person


def test_statements_that_staff_write_themselves_are_told_apart(admin_client):
    address = reverse("admin:statements_statement_add")
    for title in ("First", "Second"):
        values = form_values(admin_client.get(address))
        values |= {"title": title, "slug": title.lower(), "kind": "letter", "issues": []}
        answer = admin_client.post(address, values)
        assert answer.status_code == 302, answer.context["errors"]
    assert all(Statement.objects.values_list("identity", flat=True))


@pytest.mark.parametrize(("action", "state"), [("withdraw_to_draft", "draft"), ("publish", "published")])
def test_statements_are_published_and_withdrawn_in_bulk(admin_client, statement, action, state):
    admin_client.post(
        reverse("admin:statements_statement_changelist"),
        {"action": action, "_selected_action": [statement.pk]},
    )
    statement.refresh_from_db()
    assert statement.state == state


def test_the_waiting_filter_finds_what_could_not_be_resolved(admin_client, statement):
    statement.speakers.update(why_unresolved="two people have this name")
    address = reverse("admin:statements_statement_changelist")
    assert "A title" in admin_client.get(address, {"waiting": "speaker"}).content.decode()
    assert "A title" not in admin_client.get(address, {"waiting": "bill"}).content.decode()


def test_the_voter_of_a_poll_answer_is_not_shown(admin_client, bill):
    import uuid

    voter = uuid.uuid4()
    answer = bill.poll_answers.create(voter=voter, answer="aye")
    page = admin_client.get(reverse("admin:bills_pollanswer_change", args=[answer.pk]))
    assert str(voter) not in page.content.decode()
