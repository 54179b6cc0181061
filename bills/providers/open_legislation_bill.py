"""What Open Legislation's answer about one bill says in our own words. Pure.

docs/sources.md lists what is read from where, and why. Everything here raises UnexpectedAnswer for what it cannot
be sure of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bills.print_numbers import PrintNumber
from bills.providers.base import (
    AgendaLine,
    BillSnapshot,
    DocumentLine,
    MessageLine,
    PrintLine,
    RollCallLine,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.providers.open_legislation_answers import (
    Amendment,
    Bill,
    BillId,
    List,
    Member,
    Sponsor,
    Vote,
    quoted,
)
from bills.providers.plausible import check_days
from bills.stages import CODES, ActionLine, read_standing
from bills.stages.new_york_texts import SUBSTITUTED

VOTE_KINDS = {
    "AYE": "aye",
    "AYEWR": "aye_with_reservations",
    "NAY": "nay",
    "EXC": "excused",
    "ABS": "absent",
    "ABD": "abstained",
}
AYES = frozenset({"aye", "aye_with_reservations"})
VETO_KINDS = {"STANDARD": "veto", "LINE_ITEM": "line_veto"}


def snapshot_of(bill: Bill, asked_at: datetime, *, public_url: str) -> BillSnapshot:
    """The bill in our words. `public_url` is the service's own, without /api/3; `asked_at` is New York time."""
    number = bill.number()
    actions = _actions(bill)
    _check_status(bill, number, actions, asked_at.date())
    _check_substitution(bill, actions)
    in_force = _print_in_force(bill)
    return BillSnapshot(
        number=number,
        actions=actions,
        title=_told(bill.title).removeprefix("@") or None,
        act_clause=in_force.act_clause if in_force else None,
        law_section=in_force.law_section if in_force else None,
        official_summary=_told(bill.summary) or None,
        sponsor_memo=_told(in_force.memo) or None if in_force else None,
        official_url=f"https://www.nysenate.gov/legislation/bills/{number.session}/{number.base_print_no}",
        source_url=f"{public_url}/bills/{number.session}/{number.base_print_no}",
        active_amendment=bill.active_version,
        sponsors=_sponsors(bill, in_force),
        prints=_prints(bill),
        same_as=_numbers(in_force.same_as if in_force else None),
        earlier=_numbers(bill.previous_versions),
        roll_calls=_roll_calls(bill),
        messages=_messages(bill),
        agenda=_agenda(bill),
        documents=_documents(number, in_force, public_url),
        read_at=asked_at,
    )


def _told(text: str | None) -> str:
    return (text or "").strip()


def _actions(bill: Bill) -> tuple[ActionLine, ...]:
    """The action lines in their order; a line without text says nothing and is left out."""
    items = bill.actions.items if bill.actions else []
    numbers = [action.sequence_no for action in items]
    if len(set(numbers)) != len(numbers):
        raise UnexpectedAnswer("Open Legislation sent two actions with one sequence number.")
    return tuple(
        ActionLine(action.date, action.chamber.lower(), action.text, action.sequence_no)
        for action in sorted(items, key=lambda action: action.sequence_no)
        if action.text and action.text.strip()
    )


def _check_status(bill: Bill, number: PrintNumber, actions: Sequence[ActionLine], today: date) -> None:
    """Refuse an answer whose own status is missing, unknown, or not what its own actions say.

    Blank bills exist whose status is all null. And where status and actions part, one of the two is
    incomplete or means what we do not know: either way storing it would be a guess.
    """
    stated = bill.status.status_type
    if stated is None:
        raise UnexpectedAnswer("Open Legislation sent a blank record: it states no status.")
    if stated not in CODES["ny"]:
        raise UnexpectedAnswer(f"Open Legislation states a status that we do not know: {quoted(stated)}.")
    check_days(number, actions, today=today)
    # Lines dated ahead count here, as they do for the API.
    last_day = max([today, *(action.date for action in actions)])
    standing = read_standing("ny", bill.session, number.base_print_no, actions, today=last_day)
    substituted = standing.outcome == "substituted"
    if stated != standing.status and not (stated == "SUBSTITUTED" and substituted):
        raise UnexpectedAnswer(
            f"Open Legislation states the status {stated}, but its own actions amount to {standing.status}."
        )


def _check_substitution(bill: Bill, actions: Sequence[ActionLine]) -> None:
    """Refuse a `substitutedBy` that no line bears out.

    The lines alone decide whether a substitution holds, since the field lags behind them both ways: it may be
    missing still, or still be there after SUBSTITUTION RECONSIDERED. But a bill that no line ever named means
    that lines are missing.
    """
    if bill.substituted_by is None:
        return
    by = bill.substituted_by.number()
    for action in actions:
        if "SUBSTITUTED BY" not in action.text.upper():
            continue
        named = SUBSTITUTED.search(action.text.upper())
        if named is None or (named[2], int(named[3])) == (by.designator, by.number):
            return
    raise UnexpectedAnswer(
        f"Open Legislation says that {by.base_print_no} took this bill's place, but no action says so."
    )


def _print_in_force(bill: Bill) -> Amendment | None:
    """The print named as active; None where the answer does not hold it.

    No other print stands in for it: sponsors and companions differ between prints, and those of an old print
    would take current ones away.
    """
    return bill.amendments.items.get(bill.active_version) if bill.amendments else None


def _sponsors(bill: Bill, in_force: Amendment | None) -> tuple[SponsorLine, ...] | None:
    """Prime, co- and multi-sponsors; None where the answer does not hold the print in force."""
    if in_force is None:
        return None
    lines = _prime(bill.sponsor)
    for members, kind in (
        (bill.additional_sponsors, "co"),
        (in_force.co_sponsors, "co"),
        (in_force.multi_sponsors, "multi"),
    ):
        lines += [line for member in (members.items if members else []) if (line := _line(member, kind))]
    return tuple(dict.fromkeys(lines))


def _prime(sponsor: Sponsor | None) -> list[SponsorLine]:
    """The prime sponsor: a member, or one of the bodies that introduce bills. Some bills have none."""
    if sponsor is None:
        return []
    if sponsor.member and (line := _line(sponsor.member, "prime")):
        return [line]
    bodies = {
        "Rules Committee": sponsor.rules,
        "Budget bill of the Governor": sponsor.budget,
        "Independent Redistricting Commission": sponsor.redistricting,
    }
    return [SponsorLine(name, "prime") for name, is_it in bodies.items() if is_it][:1]


def _line(member: Member, kind: str) -> SponsorLine | None:
    name = _name(member)
    district = str(member.district_code) if member.district_code else ""
    return SponsorLine(name, kind, (member.chamber or "").lower(), district) if name else None


def _name(member: Member) -> str:
    return _told(member.full_name) or _told(member.short_name)


def _prints(bill: Bill) -> tuple[PrintLine, ...] | None:
    if not bill.amendments:
        return None
    prints = sorted(bill.amendments.items.values(), key=lambda each: each.version)
    return tuple(
        PrintLine(
            each.version,
            each.publish_date,
            act_clause=_told(each.act_clause) or None,
            law_section=_told(each.law_section) or None,
            law_code=_told(each.law_code) or None,
            laws=each.related_laws,
            sponsors=_sponsors_of_print(each) if len(prints) > 1 else None,
        )
        for each in prints
    )


def _sponsors_of_print(amendment: Amendment) -> tuple[SponsorLine, ...] | None:
    """Co- and multi-sponsors as this print names them; None where the answer leaves both lists out."""
    if amendment.co_sponsors is None and amendment.multi_sponsors is None:
        return None
    return tuple(
        line
        for members, kind in ((amendment.co_sponsors, "co"), (amendment.multi_sponsors, "multi"))
        for member in (members.items if members else [])
        if (line := _line(member, kind))
    )


def _numbers(ids: List[BillId] | None) -> tuple[PrintNumber, ...] | None:
    return None if ids is None else tuple(dict.fromkeys(each.number() for each in ids.items))


# --- votes


def _roll_calls(bill: Bill) -> tuple[RollCallLine, ...] | None:
    """The Senate's votes; the API has none of the Assembly's. Oldest first.

    Votes of one body on one print and day are counted through from 1: the API numbers them only in newer answers.
    """
    if bill.votes is None:
        return None
    in_order = sorted(
        ((vote.sequence_no or 0, _roll_call(vote)) for vote in bill.votes.items),
        key=lambda each: (each[1].date, each[1].committee, each[1].amendment, each[0], each[1].votes),
    )
    seen: Counter[tuple[object, ...]] = Counter()
    lines = []
    for _, line in in_order:
        place = (line.date, line.chamber, line.committee, line.amendment)
        seen[place] += 1
        lines.append(replace(line, sequence=seen[place]))
    return tuple(lines)


def _roll_call(vote: Vote) -> RollCallLine:
    votes = []
    counts: Counter[str] = Counter()
    for code, members in vote.member_votes.items.items():
        if code not in VOTE_KINDS:
            raise UnexpectedAnswer(f"Open Legislation has votes of a kind unknown to us: {quoted(code)}.")
        kind = VOTE_KINDS[code]
        counts[kind] += len(members.items)
        votes += [(kind, name) for member in members.items if (name := _name(member))]
    committee = vote.committee if vote.vote_type == "COMMITTEE" else None
    if vote.vote_type == "COMMITTEE" and committee is None:
        raise UnexpectedAnswer("Open Legislation has a vote of a committee and does not say of which.")
    ayes, nays = sum(counts[kind] for kind in AYES), counts["nay"]
    return RollCallLine(
        date=vote.vote_date,
        chamber=committee.chamber.lower() if committee else "senate",
        ayes=ayes,
        nays=nays,
        others=counts.total() - ayes - nays,
        committee=committee.name if committee else "",
        amendment=vote.version,
        votes=tuple(sorted(votes)),
    )


# --- messages, agendas, papers


def _messages(bill: Bill) -> tuple[MessageLine, ...] | None:
    """Vetoes and approval; None where the answer leaves one of them out."""
    if bill.veto_messages is None or "approval_message" not in bill.model_fields_set:
        return None
    lines = []
    for veto in bill.veto_messages.items:
        if veto.veto_type not in VETO_KINDS:
            raise UnexpectedAnswer(
                f"Open Legislation has a veto of an unknown kind: {quoted(veto.veto_type)}."
            )
        lines.append(
            MessageLine(
                kind=VETO_KINDS[veto.veto_type],
                year=veto.year,
                number=veto.veto_number,
                chapter=str(veto.chapter or ""),
                signer=_told(veto.signer),
                signed_on=veto.signed_date,
                text=_told(veto.memo_text),
            )
        )
    if approval := bill.approval_message:
        lines.append(
            MessageLine(
                kind="approval",
                year=approval.year,
                number=approval.approval_number,
                chapter=str(approval.chapter or ""),
                signer=_told(approval.signer),
                text=_told(approval.text),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.year, line.kind, line.number)))


def _agenda(bill: Bill) -> tuple[AgendaLine, ...] | None:
    """Meetings of Senate committees and floor calendars of the Senate; None where one of the two is left out."""
    if bill.committee_agendas is None or bill.calendars is None:
        return None
    lines = {
        AgendaLine(
            kind="agenda",
            year=each.agenda_id.year,
            number=each.agenda_id.number,
            chamber=each.committee_id.chamber.lower(),
            committee=each.committee_id.name,
        )
        for each in bill.committee_agendas.items
    } | {AgendaLine("calendar", each.year, each.calendar_number, "senate") for each in bill.calendars.items}
    return tuple(sorted(lines, key=lambda line: (line.year, line.kind, line.number, line.committee)))


def _documents(
    number: PrintNumber, in_force: Amendment | None, public_url: str
) -> tuple[DocumentLine, ...] | None:
    """The text of the print in force, as the service's own PDF."""
    if in_force is None:
        return None
    name = f"{number.base_print_no}{in_force.version}"
    url = f"{public_url}/pdf/bills/{number.session}/{name}"
    return (DocumentLine("text", name, url, in_force.publish_date),)
