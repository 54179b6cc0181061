"""Rows that come in without the constructor are those that it would have made."""

from __future__ import annotations

import pytest
from django.db import models
from django.db.models.signals import post_init, pre_init

from bills.models import Bill, Sponsorship
from sponsors.models import Person
from sponsors.quick_rows import QuickRows
from tests.factories import make_bill, make_person

pytestmark = pytest.mark.django_db


def test_a_row_is_the_one_that_django_would_make():
    kept = make_bill("S1", title="Relates to lanterns")
    quick = Bill.objects.get(pk=kept.pk)
    slow = models.Model.from_db.__func__(Bill, "default", [f.attname for f in Bill._meta.concrete_fields],
                                         [getattr(quick, f.attname) for f in Bill._meta.concrete_fields])  # fmt: skip
    assert quick == slow
    told = {name: value for name, value in vars(slow).items() if name != "_state"}
    assert {name: value for name, value in vars(quick).items() if name != "_state"} == told
    assert (
        (quick._state.adding, quick._state.db) == (slow._state.adding, slow._state.db) == (False, "default")
    )


def test_what_was_not_read_is_read_when_it_is_asked_for(django_assert_num_queries):
    make_bill("S1", title="Relates to lanterns")
    with django_assert_num_queries(1):
        bill = Bill.objects.only("base_print_no").get()
    assert bill.get_deferred_fields() >= {"title", "slug"}
    with django_assert_num_queries(1):
        assert bill.title == "Relates to lanterns"


def test_relations_come_with_it_and_it_can_be_written(django_assert_num_queries):
    Sponsorship.objects.create(
        bill=make_bill("S1"), person=make_person(), name_as_written="Ana Example", kind="co", position=1
    )
    with django_assert_num_queries(1):
        one = Sponsorship.objects.select_related("bill__session", "person").get()
        assert (one.person.name, one.bill.session.year) == ("Ana Example", 2017)
    person = Person.objects.get()
    person.note = "A senator."
    person.save()
    person.refresh_from_db()
    assert Person.objects.get().note == "A senator."


def test_nobody_listens_to_rows_being_made():
    """Whoever does would not hear of these."""
    for model in QuickRows.__subclasses__():
        assert not pre_init.has_listeners(model), model
        assert not post_init.has_listeners(model), model
    assert Bill in QuickRows.__subclasses__()
