"""Rows of bills in the shapes of the API. Whoever calls has read what is needed: nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from bills import wording
from bills.api import shapes
from bills.models import Action, Bill, Change, RelatedBill, Sponsorship
from bills.pages import change_log
from bills.refresh.facts import web_address
from sponsors.addresses import absolute
from sponsors.api.shapes import known


def bill_id(legislature: str, session: int, slug: str) -> str:
    """ "ny/2017/s4075"."""
    return f"{legislature}/{session}/{slug}"


def id_of(bill: Bill) -> str:
    return bill_id(bill.session.legislature_id, bill.session.year, bill.slug)


def path_of(bill: Bill) -> str:
    return reverse("api:bill", args=[bill.session.legislature_id, bill.session.year, bill.slug])


def facts_of(bill: Bill, *, today: date) -> dict[str, Any]:
    """The fields of `shapes.BillFacts`. `bill` is a row of `for_api()`."""
    session = bill.session
    return {
        "id": id_of(bill),
        "legislature": session.legislature_id,
        "session": session.year,
        "session_label": session.label,
        "print_no": bill.base_print_no,
        "number": bill.display_no,
        "chamber": bill.chamber,
        "is_resolution": bill.is_resolution,
        "print_in_force": known(bill.active_amendment),
        "title": known(bill.title),
        "short_name": known(bill.short_name),
        "status": known(bill.status),
        "status_words": wording.in_words(wording.standing_of(bill, today=today)),
        "status_date": bill.status_date,
        "status_chamber": known(bill.status_chamber),
        "committee": known(bill.status_committee),
        "condition": wording.condition(bill, today=today),
        "outcome": known(bill.outcome),
        "ended_on": bill.ended_on,
        "via": known(bill.substituted_by_print_no) if bill.outcome == Bill.Outcome.SUBSTITUTED else None,
        "is_law": bill.is_law,
        "law_line": wording.law_line(bill, today=today),
        "law_since": bill.law_since,
        "chapter": known(bill.chapter),
        "introduced_on": bill.introduced_on,
        "last_action_on": bill.last_action_on,
        "proposal": bill.proposal.slug if bill.proposal else None,
        "source": known(bill.source),
        "source_url": known(web_address(bill.source_url)),
        "official_url": known(web_address(bill.official_url)),
        "checked_at": bill.checked_at,
        "read_at": bill.read_at,
        "changed_at": bill.changed_at,
    }


def bill_shape(bill: Bill, *, today: date) -> shapes.Bill:
    return shapes.Bill(**facts_of(bill, today=today), **_addresses(bill))


def _addresses(bill: Bill) -> dict[str, Any]:
    return {
        "url": absolute(path_of(bill)),
        "page": absolute(bill.get_absolute_url()),
    }


def record_shape(bill: Bill, *, today: date) -> shapes.BillRecord:
    """All of one bill. `bill` is a row of `for_api_record()`; asks for its actions, sponsors and ties."""
    counts = {row["answer"]: row["count"] for row in bill.poll_counts}
    session = bill.session
    changes = reverse("api:bill-changes", args=[session.legislature_id, session.year, bill.slug])
    return shapes.BillRecord(
        **facts_of(bill, today=today),
        **_addresses(bill),
        **texts_of(bill, [one["slug"] for one in bill.issues_filed]),
        sponsor_memo=known(bill.sponsor_memo),
        unreadable_since=bill.fault_since if bill.fault else None,
        prints=[shapes.Print(**one) for one in bill.prints],
        actions=[shapes.Action(**action_facts(one)) for one in bill.actions.until(today)],
        stages=[shapes.Stage(**_known(one)) for one in bill.rungs],
        sponsors=[shapes.Sponsorship(**sponsorship_facts(one)) for one in bill.sponsorships.for_bill_page()],
        relations=[
            shapes.Relation(**relation_facts(one))
            for one in bill.relations.select_related("related__session")
        ],
        same_proposal=[
            bill_id(one["legislature"], one["session"], one["slug"]) for one in bill.same_proposal
        ],
        roll_calls=[_roll_call(one) for one in sorted(bill.votes, key=_day, reverse=True)],
        messages=[
            shapes.Message(**_known(one))
            for one in sorted(bill.messages, key=lambda one: (one["year"], one["kind"], one["number"]))
        ],
        agendas=[
            shapes.Agenda(**_known(one))
            for one in sorted(
                bill.agendas, key=lambda one: (one["year"], one["number"], one["kind"]), reverse=True
            )
        ],
        papers=[
            shapes.Paper(**_known(one))
            for one in sorted(bill.papers, key=lambda one: (one["kind"] != "text", one["published_on"] or ""))
            if web_address(one["url"])
        ],
        poll=shapes.Poll(
            **{answer: counts.get(answer, 0) for answer in ("aye", "nay", "undecided")},
            total=sum(counts.values()),
            note=shapes.POLL_NOTE,
        ),
        statements=_statements(bill),
        changes_url=absolute(changes),
    )


def _statements(bill: Bill) -> list[shapes.StatementAbout]:
    """One that names the bill twice comes once, by the mention that names a print."""
    found: dict[str, shapes.StatementAbout] = {}
    for one in bill.statements_about:
        year = one["year"] or "undated"
        name = f"{year}/{one['slug']}"
        if name not in found or (one["print"] and not found[name].print):
            found[name] = shapes.StatementAbout(
                id=name,
                print=known(one["print"]),
                is_chief=one["is_chief"] or (name in found and found[name].is_chief),
                url=absolute(reverse("api:statement", args=[year, one["slug"]])),
            )
    return list(found.values())


def texts_of(bill: Bill, issues: list[str]) -> dict[str, Any]:
    """The fields of `shapes.BillTexts`."""
    return {
        "issues": issues,
        "plain_summary": known(bill.plain_summary),
        "official_summary": known(bill.official_summary),
        "act_clause": known(bill.act_clause),
        "law_section": known(bill.law_section),
    }


def action_facts(action: Action) -> dict[str, Any]:
    return {
        "sequence": action.sequence,
        "date": action.date,
        "chamber": action.chamber,
        "text": action.text,
        "body": known(action.body),
        "result": known(action.result),
    }


def sponsorship_facts(row: Sponsorship) -> dict[str, Any]:
    """`row` has its person and term."""
    return {
        "kind": row.kind,
        "position": row.position,
        "name_as_written": row.name_as_written,
        "person": row.person.slug if row.person else None,
        "name": row.person.name if row.person else None,
        "party": known(row.term.party) if row.term else None,
        "district": known(row.term.district) if row.term else None,
        "withdrawn_on": row.withdrawn_on,
    }


def relation_facts(row: RelatedBill) -> dict[str, Any]:
    """`row` has its related bill with the session. One that readers cannot see is only a number."""
    related = row.related if row.related and row.related.is_published else None
    return {
        "kind": row.kind,
        "session": row.session_year,
        "print_no": row.print_no,
        "related": id_of(related) if related else None,
    }


def change_facts(row: Change, bill: str) -> dict[str, Any]:
    return {
        "bill": bill,
        "found_at": row.found_at,
        "fact": row.fact,
        "fact_words": change_log.fact_in_words(row.fact),
        "before": known(row.before),
        "after": known(row.after),
        "source": row.source,
        "source_url": known(web_address(row.source_url)),
    }


def moments_of(bills: Iterable[Bill]) -> list[datetime | None]:
    return [moment for bill in bills for moment in (bill.checked_at, bill.read_at, bill.changed_at)]


def _roll_call(vote: dict[str, Any]) -> shapes.RollCall:
    told = [shapes.MemberVote(vote=said, name=name) for said, name in vote["member_votes"]]
    return shapes.RollCall(**{**vote, "committee": known(vote["committee"]), "member_votes": told})


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: known(value) for name, value in row.items()}


def _day(row: dict[str, Any]) -> str:
    return row["date"]
