"""New York's rules, one by one, on bills that do not exist."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills.stages import CODES, OUTCOMES, ActionLine, read_standing
from tests.bills.record_lines import AFTER_SESSION, IN_SESSION, codes, lines, ny

TO_THE_GOVERNOR = """
2021-01-06 S REFERRED TO CODES
2021-02-02 S 1ST REPORT CAL.265
2021-02-03 S 2ND REPORT CAL.
2021-02-08 S ADVANCED TO THIRD READING
2021-03-04 S PASSED SENATE
2021-03-04 S DELIVERED TO ASSEMBLY
2021-03-04 A referred to codes
2021-05-20 A substituted for a99002
2021-05-20 A ordered to third reading cal.91
2021-05-25 A passed assembly
2021-05-25 A returned to senate
2021-12-01 S DELIVERED TO GOVERNOR
"""
NINE_RUNGS = [
    "IN_SENATE_COMM",
    "SENATE_FLOOR",
    "PASSED_SENATE",
    "IN_ASSEMBLY_COMM",
    "ASSEMBLY_FLOOR",
    "PASSED_ASSEMBLY",
    "DELIVERED_TO_GOV",
]


# --- Which text moves a bill, and where to


@pytest.mark.parametrize(
    ("text", "status", "committee"),
    [
        ("S REFERRED TO FINANCE", "IN_SENATE_COMM", "Finance"),
        ("A REFERRED TO WAYS AND MEANS", "IN_ASSEMBLY_COMM", "Ways And Means"),
        ("A AMEND AND RECOMMIT TO CODES", "IN_ASSEMBLY_COMM", "Codes"),
        ("S AMEND (T) AND RECOMMIT TO CRIME VICTIMS, CRIME AND CORRECTION", "IN_SENATE_COMM", None),
        ("A REPORTED REFERRED TO RULES", "IN_ASSEMBLY_COMM", "Rules"),
        ("S REPORTED AND COMMITTED TO FINANCE", "IN_SENATE_COMM", "Finance"),
        ("S COMMITTEE DISCHARGED AND COMMITTED TO RULES", "IN_SENATE_COMM", "Rules"),
        ("S RECOMMITTED TO RULES", "IN_SENATE_COMM", "Rules"),
        ("A OPINION REFERRED TO JUDICIARY", "IN_ASSEMBLY_COMM", "Judiciary"),
        ("A referred to veterans' affairs", "IN_ASSEMBLY_COMM", "Veterans' Affairs"),
        ("S 1ST REPORT CAL.12", "SENATE_FLOOR", ""),
        ("S ADVANCED TO THIRD READING", "SENATE_FLOOR", ""),
        ("A RULES REPORT CAL.31", "ASSEMBLY_FLOOR", ""),
        ("A RULES REPORT", "ASSEMBLY_FLOOR", ""),
        ("A ORDERED TO THIRD READING RULES CAL.31", "ASSEMBLY_FLOOR", ""),
        ("S 3RD READING CAL.914", "SENATE_FLOOR", ""),
        ("S AMENDED ON THIRD READING (T) 99001A", "SENATE_FLOOR", ""),
        ("S VOTE RECONSIDERED - RESTORED TO THIRD READING", "SENATE_FLOOR", ""),
        ("S PASSED SENATE", "PASSED_SENATE", ""),
        ("S REPASSED SENATE", "PASSED_SENATE", ""),
        ("A PASSED ASSEMBLY", "PASSED_ASSEMBLY", ""),
        ("S DELIVERED TO GOVERNOR", "DELIVERED_TO_GOV", ""),
        ("S SIGNED CHAP.37", "SIGNED_BY_GOV", ""),
        ("S CHAPTER 732", "POCKET_APPROVAL", ""),
        ("S VETOED MEMO.279", "VETOED", ""),
        ("S POCKET VETO - VETO.293", "VETOED", ""),
        ("A ENACTING CLAUSE STRICKEN", "STRICKEN", ""),
        ("S RECOMMIT, ENACTING CLAUSE STRICKEN", "STRICKEN", ""),
        ("S LOST", "LOST", ""),
    ],
)
def test_a_text_moves_the_bill_to_its_stage(text, status, committee):
    standing = ny(f"2022-01-05 {text}")
    assert standing.status == status
    if committee is not None:
        assert standing.committee == committee


@pytest.mark.parametrize(
    "text",
    [
        "A DIED IN ASSEMBLY",
        "A RETURNED TO SENATE",
        "S RECALLED FROM ASSEMBLY",
        "S RECALLED FROM GOVERNOR",
        "S DELIVERED TO ASSEMBLY",
        "A HELD FOR CONSIDERATION IN CODES",
        "S DEFEATED IN ELECTIONS",
        "A TABLED",
        "A REPORTED",
        "S PRINT NUMBER 99001A",
        "S AMENDED 99001A",
        "A MOTION TO DISCHARGE LOST",
        "S MOTION TO AMEND LOST - ROLL CALL VOTE",
        "A MOTION TO DISCHARGE - LOST - VOICE VOTE",
        "S LINE VETO MEMO.1",
        "S THRU LINE VETO MEMO.8",
        "A TABLED LINE VETO MEMO.1",
        "S APPROVAL MEMO.42",
        "S MESSAGE OF NECESSITY - 3 DAY MESSAGE",
        "S NOTICE OF COMMITTEE CONSIDERATION - REQUESTED",
        "S TO ATTORNEY-GENERAL FOR OPINION",
        "S REFERENCE CHANGED TO FINANCE",
        "S ADOPTED",
        "A ruling of chair on point of order",
        "S referred",
        "S ¯\\_(ツ)_/¯",
    ],
)
def test_a_text_that_moves_nothing(text):
    before = ny(TO_THE_GOVERNOR)
    after = ny(TO_THE_GOVERNOR + f"2021-12-02 {text}")
    assert (after.status, after.date, after.stages, after.outcome) == (
        before.status,
        before.date,
        before.stages,
        before.outcome,
    )


def test_without_actions_a_bill_is_introduced_and_nothing_more_is_claimed():
    standing = ny("", today=AFTER_SESSION)
    assert (standing.status, standing.stages, standing.outcome, standing.date) == (
        "INTRODUCED",
        (),
        None,
        None,
    )
    assert standing.law_state == "unknown"


def test_case_and_spacing_never_decide_the_house():
    shouted = ny("2021-01-06 A REFERRED TO CODES")
    whispered = ny("2021-01-06 A   referred  to codes ")
    assert shouted.status == whispered.status == "IN_ASSEMBLY_COMM"
    assert shouted.committee == whispered.committee == "Codes"


def test_a_line_of_an_unknown_house_does_not_put_the_bill_into_one():
    assert ny("2021-01-06 ? REFERRED TO CODES").status == "INTRODUCED"
    assert ny("2021-01-06 ? PASSED SENATE").status == "PASSED_SENATE"


def test_text_that_is_missing_moves_nothing():
    action = ActionLine(date(2021, 1, 6), None, None)
    assert read_standing("ny", 2021, "S99001", [action], today=IN_SESSION).status == "INTRODUCED"


def test_a_later_floor_line_keeps_the_calendar_number_of_its_year_and_house():
    standing = ny(
        """
        2021-02-02 S 1ST REPORT CAL.265
        2021-03-01 A ORDERED TO THIRD READING CAL.9
        2021-03-08 S ADVANCED TO THIRD READING
        """
    )
    assert standing.calendar_no == 265
    assert ny("2021-02-02 S 1ST REPORT CAL.265\n2022-02-08 S ADVANCED TO THIRD READING").calendar_no is None


# --- The ladder, forwards and backwards


def test_a_bill_delivered_to_the_governor_has_climbed_every_rung():
    standing = ny(TO_THE_GOVERNOR)
    assert codes(standing) == NINE_RUNGS
    assert standing.stages[3].committee == "Codes"
    assert (standing.outcome, standing.law_state, standing.is_open) == (None, "not_law", True)


def test_an_assembly_bill_climbs_the_assembly_first():
    standing = ny("2021-01-06 A REFERRED TO LABOR\n2021-05-03 A PASSED ASSEMBLY", print_no="A99002")
    assert codes(standing) == ["IN_ASSEMBLY_COMM", "ASSEMBLY_FLOOR", "PASSED_ASSEMBLY"]
    assert [stage.backfilled for stage in standing.stages] == [False, True, False]
    assert standing.stages[1].date == date(2021, 5, 3)


def test_nothing_is_filled_in_before_the_first_stage_of_a_cut_list():
    standing = ny("2021-06-18 S 3RD READING CAL.5\n2021-06-18 S PASSED SENATE", print_no="A99002")
    assert codes(standing) == ["SENATE_FLOOR", "PASSED_SENATE"]


def test_january_of_the_second_year_puts_a_bill_back():
    standing = ny(
        """
        2021-01-06 S REFERRED TO FINANCE
        2021-06-02 S ORDERED TO THIRD READING CAL.1449
        2021-06-03 S PASSED SENATE
        2021-06-03 A REFERRED TO CODES
        2022-01-05 A DIED IN ASSEMBLY
        2022-01-05 A RETURNED TO SENATE
        2022-01-05 S REFERRED TO FINANCE
        """
    )
    assert codes(standing) == ["IN_SENATE_COMM"]
    assert standing.stages[0].date == date(2022, 1, 5)
    assert (standing.furthest.code, standing.furthest.date) == ("IN_ASSEMBLY_COMM", date(2021, 6, 3))
    assert "has gone back" in standing.explanation


def test_a_recalled_bill_goes_back_to_the_floor():
    standing = ny(
        """
        2021-02-27 S REFERRED TO HEALTH
        2021-03-15 S 1ST REPORT CAL.511
        2021-03-22 S PASSED SENATE
        2021-03-22 A referred to health
        2021-05-30 S RECALLED FROM ASSEMBLY
        2021-05-30 A returned to senate
        2021-05-30 S VOTE RECONSIDERED - RESTORED TO THIRD READING
        """
    )
    assert (standing.status, standing.calendar_no) == ("SENATE_FLOOR", 511)
    assert codes(standing) == ["IN_SENATE_COMM", "SENATE_FLOOR"]


def test_a_recall_without_the_vote_to_reconsider_is_told_but_moves_nothing():
    standing = ny("2021-03-22 A referred to health\n2021-05-30 S RECALLED FROM ASSEMBLY")
    assert standing.status == "IN_ASSEMBLY_COMM"
    assert "called back from the Assembly on May 30, 2021" in standing.explanation


def test_a_late_referral_in_the_same_house_steps_back():
    standing = ny("2021-02-02 S 1ST REPORT CAL.3\n2021-06-10 S COMMITTED TO RULES")
    assert codes(standing) == ["IN_SENATE_COMM"]


# --- How bills end


def test_signed_is_law_since_that_day_with_its_chapter():
    standing = ny(TO_THE_GOVERNOR + "2021-12-09 S SIGNED CHAP.659\n2021-12-09 S APPROVAL MEMO.90")
    assert (standing.outcome, standing.law, standing.law_since) == ("signed", True, date(2021, 12, 9))
    assert (standing.chapter, standing.chapter_year) == ("659", 2021)


def test_a_bill_signed_in_january_is_a_chapter_of_the_year_that_passed_it():
    standing = ny(TO_THE_GOVERNOR + "2022-01-28 S SIGNED CHAP.812")
    assert (standing.chapter_year, standing.law_since) == (2021, date(2022, 1, 28))


def test_a_chapter_without_a_signature_is_law_too():
    standing = ny(TO_THE_GOVERNOR + "2021-12-14 S CHAPTER 732")
    assert (standing.outcome, standing.chapter, standing.law_since) == (
        "law_without_signature",
        "732",
        date(2021, 12, 14),
    )
    assert codes(standing)[-1] == "POCKET_APPROVAL"


def test_items_struck_from_a_signed_budget_leave_it_signed():
    standing = ny(
        TO_THE_GOVERNOR
        + "2021-12-12 S SIGNED CHAP.50\n2021-12-12 S LINE VETO MEMO.1\n2021-12-12 S THRU LINE VETO MEMO.8"
    )
    assert (standing.status, standing.outcome, standing.lines_vetoed) == ("SIGNED_BY_GOV", "signed", True)


@pytest.mark.parametrize(("text", "memo"), [("VETOED MEMO.60", "60"), ("POCKET VETO - VETO.293", "293")])
def test_a_veto_is_not_law_and_tabling_it_changes_nothing(text, memo):
    standing = ny(TO_THE_GOVERNOR + f"2021-12-10 S {text}\n2022-01-05 A TABLED")
    assert (standing.outcome, standing.law, standing.veto_memo) == ("vetoed", False, memo)
    assert standing.ended_on == date(2021, 12, 10)
    assert "SIGNED_BY_GOV" not in codes(standing)


def test_the_official_fill_in_before_a_veto_begins_in_2023_and_is_marked():
    before = ny(TO_THE_GOVERNOR + "2022-12-10 S VETOED MEMO.6", today=AFTER_SESSION)
    assert codes(before) == [*NINE_RUNGS, "VETOED"]
    after = ny(TO_THE_GOVERNOR + "2023-12-10 S VETOED MEMO.6", today=AFTER_SESSION)
    assert codes(after) == [*NINE_RUNGS, "POCKET_APPROVAL", "VETOED"]
    assert after.stages[-2].backfilled
    assert after.outcome == "vetoed"


def test_a_veto_stands_when_only_one_house_votes_again():
    standing = ny(TO_THE_GOVERNOR + "2021-12-10 S VETOED MEMO.6\n2022-01-20 S REPASSED SENATE")
    assert (standing.outcome, standing.law) == ("vetoed", False)


def test_a_veto_is_overridden_when_both_houses_say_so():
    standing = ny(
        TO_THE_GOVERNOR
        + "2021-12-10 S VETOED MEMO.6\n2022-01-20 S REPASSED SENATE\n2022-01-21 S VETO OVERRIDDEN"
        + "\n2022-01-21 A REPASSED ASSEMBLY"
    )
    assert (standing.outcome, standing.law_since) == ("veto_overridden", date(2022, 1, 21))


def test_a_chapter_after_a_veto_is_a_veto_overridden():
    standing = ny(TO_THE_GOVERNOR + "2021-12-10 S VETOED MEMO.6\n2022-02-01 S CHAPTER 9")
    assert (standing.outcome, standing.chapter, standing.law) == ("veto_overridden", "9", True)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("ENACTING CLAUSE STRICKEN", "stricken"),
        ("RECOMMIT, ENACTING CLAUSE STRICKEN", "stricken"),
        ("LOST", "lost"),
    ],
)
def test_other_endings(text, outcome):
    standing = ny(f"2021-02-02 S 1ST REPORT CAL.3\n2021-03-02 S {text}")
    assert (standing.outcome, standing.ended_on, standing.law_state) == (outcome, date(2021, 3, 2), "not_law")


def test_a_lost_vote_that_is_reconsidered_brings_the_bill_back():
    standing = ny("2021-03-02 S LOST\n2021-03-09 S VOTE RECONSIDERED - RESTORED TO THIRD READING")
    assert (standing.status, standing.outcome) == ("SENATE_FLOOR", None)


# --- The end of the session


@pytest.mark.parametrize(
    "text",
    [
        "REFERRED TO FINANCE",
        "1ST REPORT CAL.3",
        "PASSED SENATE",
        "NOTICE OF COMMITTEE CONSIDERATION - REQUESTED",
    ],
)
def test_a_bill_without_a_decision_dies_with_its_session(text):
    last_day, next_day = date(2022, 12, 31), date(2023, 1, 1)
    assert ny(f"2022-02-02 S {text}", today=last_day).outcome is None
    dead = ny(f"2022-02-02 S {text}", today=next_day)
    assert (dead.outcome, dead.died_on, dead.is_open, dead.law_state) == ("died", last_day, False, "not_law")


def test_the_governor_may_still_act_in_january_on_what_was_delivered():
    actions = TO_THE_GOVERNOR.replace("2021-12-01", "2022-12-28")
    waiting = ny(actions, today=date(2023, 1, 20))
    assert (waiting.outcome, waiting.is_open, waiting.law_state) == (None, True, "not_law")
    silent = ny(actions, today=date(2023, 2, 15))
    assert (silent.outcome, silent.is_open, silent.law_state) == (None, False, "unknown")
    assert "our source does not show" in silent.words


def test_a_bill_that_both_houses_passed_is_not_called_dead_or_law():
    standing = ny(TO_THE_GOVERNOR.rsplit("2021-12-01", 1)[0], today=AFTER_SESSION)
    assert (standing.outcome, standing.passed_both, standing.law_state) == (None, True, "unknown")


def test_a_constitutional_amendment_passed_by_both_houses_is_neither_law_nor_dead():
    standing = ny(
        """
        2021-01-06 S REFERRED TO JUDICIARY
        2021-01-07 S TO ATTORNEY-GENERAL FOR OPINION
        2021-02-01 S OPINION REFERRED TO JUDICIARY
        2021-05-01 S PASSED SENATE
        2021-05-20 A PASSED ASSEMBLY
        2021-05-21 S DELIVERED TO SECRETARY OF STATE
        """,
        today=AFTER_SESSION,
    )
    assert (standing.status, standing.outcome, standing.constitutional_amendment) == (
        "PASSED_ASSEMBLY",
        None,
        True,
    )
    assert "two Legislatures in a row" in standing.explanation


# --- Substitution

REPLACED = "2021-06-01 S ORDERED TO THIRD READING CAL.9\n2021-06-10 S SUBSTITUTED BY A99002B"


def test_a_substituted_bill_stays_where_it_stopped_and_names_the_other():
    standing = ny(REPLACED, today=AFTER_SESSION)
    assert (standing.status, standing.outcome, standing.via, standing.via_base) == (
        "SENATE_FLOOR",
        "substituted",
        "A99002B",
        "A99002",
    )
    assert (standing.ended_on, standing.law_state) == (date(2021, 6, 10), "unknown")


def test_the_words_follow_the_substitute_one_hop():
    other = ny(TO_THE_GOVERNOR + "2021-12-09 S SIGNED CHAP.37", print_no="A99002")
    standing = ny(REPLACED, substitute=other)
    assert standing.words == "Replaced by A99002B, which was signed into law on December 9, 2021 (chapter 37)"
    assert (standing.law, standing.law_state) == (False, "law_via_substitute")


@pytest.mark.parametrize("spelling", ["a99002b", "A99002-B", "A.99002B", "A099002B"])
def test_the_substitute_is_read_in_any_spelling(spelling):
    assert ny(f"2021-06-10 S SUBSTITUTED BY {spelling}").via == "A99002B"


def test_a_substitution_reconsidered_is_undone_and_forgets_the_other_bill():
    other = ny(TO_THE_GOVERNOR + "2021-12-09 S SIGNED CHAP.37", print_no="A99002")
    standing = ny(REPLACED + "\n2021-06-11 S SUBSTITUTION RECONSIDERED", substitute=other)
    assert (standing.outcome, standing.via, standing.substitute) == (None, "", None)


def test_a_replaced_bill_that_moves_again_another_day_stands_for_itself():
    standing = ny(REPLACED + "\n2022-01-05 S ORDERED TO THIRD READING CAL.7\n2022-02-01 S PASSED SENATE")
    assert (standing.status, standing.outcome, standing.via) == ("PASSED_SENATE", None, "")


def test_lines_of_the_same_day_do_not_undo_a_substitution():
    standing = ny("2021-06-10 S SUBSTITUTED BY A99002B\n2021-06-10 S ORDERED TO THIRD READING CAL.9")
    assert standing.outcome == "substituted"


def test_lines_that_a_page_borrows_from_the_substitute_are_the_substitutes():
    standing = ny(
        REPLACED
        + """
        2021-06-10 S substituted for s99001a
        2021-06-10 S 3rd reading cal.9
        2021-06-12 S passed senate
        2021-08-01 A delivered to governor
        2021-08-06 A signed chap.206
        """
    )
    assert (standing.status, standing.outcome, standing.law, standing.chapter) == (
        "SENATE_FLOOR",
        "substituted",
        False,
        "",
    )
    assert (standing.substitute.outcome, standing.substitute.chapter) == ("signed", "206")


def test_being_substituted_for_another_bill_changes_nothing():
    assert ny("2021-05-20 A SUBSTITUTED FOR A99002").outcome is None


# --- Prints, resolutions, days to come


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("2021-03-11 S PRINT NUMBER 99001A", "A"),
        ("2021-03-11 S AMENDED ON THIRD READING 99001B", "B"),
        ("2021-03-11 S AMENDED ON THIRD READING (T) 99001B", "B"),
        ("2021-03-11 S AMENDED 99001A", "A"),
        ("2021-03-11 S print number 7a", "A"),
        ("2021-03-11 S PRINT NUMBER 99001B\n2021-03-12 S AMENDED BY RESTORING TO PREVIOUS PRINT 99001A", "A"),
        ("2021-03-11 S PRINT NUMBER 99001A\n2021-03-12 S AMEND BY RESTORING TO ORIGINAL PRINT 99001", ""),
        ("2021-03-11 S REFERRED TO CODES", ""),
    ],
)
def test_the_print_in_force_follows_the_actions_back_too(text, letter):
    assert ny(text).active_amendment == letter


def test_a_resolution_is_adopted_and_is_no_law():
    standing = ny("2021-03-11 S REFERRED TO FINANCE\n2021-03-16 S ADOPTED", print_no="J99003")
    assert (standing.status, standing.outcome, standing.law) == ("ADOPTED", "adopted", False)
    assert codes(standing) == ["ADOPTED"]


def test_a_resolution_not_adopted_dies_with_the_session():
    standing = ny("2021-03-11 S REFERRED TO FINANCE", print_no="B99003", today=AFTER_SESSION)
    assert (standing.outcome, standing.stages) == ("died", ())


def test_actions_of_days_to_come_are_held_back():
    standing = ny("2022-06-01 S REFERRED TO CODES\n2022-07-04 S PASSED SENATE", today=date(2022, 6, 30))
    assert standing.status == "IN_SENATE_COMM"
    assert [action.text for action in standing.held] == ["PASSED SENATE"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HELD FOR CONSIDERATION IN CODES", "Held in the Assembly Codes Committee since May 10, 2022"),
        ("DEFEATED IN CODES", "Defeated in the Assembly Codes Committee on May 10, 2022"),
    ],
)
def test_a_committees_no_is_said_although_the_code_does_not_move(text, said):
    standing = ny(f"2022-01-05 A REFERRED TO CODES\n2022-05-10 A {text}", print_no="A99002")
    assert (standing.status, standing.outcome, standing.words) == ("IN_ASSEMBLY_COMM", None, said)


def test_a_changed_reference_is_told_beside_the_official_committee():
    standing = ny("2022-01-05 S REFERRED TO AGING\n2022-02-01 S REFERENCE CHANGED TO SOCIAL SERVICES")
    assert standing.committee == "Aging"
    assert "changed to Senate Social Services Committee" in standing.explanation


# --- Any list at all

TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [line.text for line in lines(TO_THE_GOVERNOR)]
        + ["LOST", "ADOPTED", "SIGNED CHAP.1", "VETOED MEMO.2", "SUBSTITUTED BY A1", "SUBSTITUTED FOR S99001"]
        + ["SUBSTITUTION RECONSIDERED", "CHAPTER 4", "REFERRED TO " + "X" * 400, "VETO OVERRIDDEN"]
    ),
)
ACTIONS = st.lists(
    st.builds(
        ActionLine,
        date=st.dates(date(2021, 1, 1), date(2023, 12, 31)),
        chamber=st.sampled_from(["senate", "assembly", "Senate", "", "mayor"]),
        text=TEXTS,
    ),
    max_size=12,
)
SILENT = [
    "RETURNED TO SENATE",
    "TABLED",
    "DIED IN SENATE",
    "MOTION TO DISCHARGE LOST",
    "PRINT NUMBER 99001",
    "?",
]


@given(actions=ACTIONS, print_no=st.sampled_from(["S99001", "A99002", "K7", "", "?"]), today=st.dates())
def test_no_list_of_actions_raises_and_every_code_is_known(actions, print_no, today):
    standing = read_standing("ny", 2021, print_no, actions, today=today)
    assert standing.status in CODES["ny"]
    assert standing.outcome is None or standing.outcome in OUTCOMES
    assert standing.words
    assert (standing.law_since is None) == (not standing.law)
    assert all(stage.code in CODES["ny"] for stage in standing.stages)


@given(data=st.data())
def test_lines_that_move_nothing_change_nothing_wherever_they_stand(data):
    actions = lines(TO_THE_GOVERNOR)
    plain = read_standing("ny", 2021, "S99001", actions, today=IN_SESSION)
    for text in data.draw(st.lists(st.sampled_from(SILENT), max_size=5)):
        place = data.draw(st.integers(0, len(actions)))
        day = actions[min(place, len(actions) - 1)].date
        actions.insert(place, ActionLine(day, "senate", text))
    mixed = read_standing("ny", 2021, "S99001", actions, today=IN_SESSION)
    assert (mixed.status, mixed.stages, mixed.outcome) == (plain.status, plain.stages, plain.outcome)


@given(order=st.permutations(range(12)))
def test_numbered_lines_give_one_answer_in_any_order(order):
    given_lines = lines(TO_THE_GOVERNOR)
    actions = [
        ActionLine(line.date, line.chamber, line.text, number)
        for number, line in enumerate(given_lines, start=1)
    ]
    shuffled = [actions[place] for place in order]
    assert read_standing("ny", 2021, "S99001", shuffled, today=IN_SESSION) == read_standing(
        "ny", 2021, "S99001", actions, today=IN_SESSION
    )


def test_a_long_hostile_line_is_read_in_linear_time():
    for text in ("REFERRED TO " * 50_000, "SUBSTITUTED BY " + "A" * 500_000, "CAL." + "9" * 500_000):
        assert ny(f"2021-01-06 S {text}").status in CODES["ny"]


def test_an_unknown_legislature_is_refused():
    with pytest.raises(ValueError, match="expected ny, nyc or us"):
        read_standing("nj", 2021, "S1", [], today=IN_SESSION)


def test_a_session_that_never_was_is_never_over():
    standing = read_standing("ny", 1500, "S1", lines("2021-01-06 S REFERRED TO CODES"), today=IN_SESSION)
    assert (standing.session_ends, standing.outcome) == (None, None)


def test_the_second_hop_is_not_followed():
    third = ny(TO_THE_GOVERNOR + "2021-12-09 S SIGNED CHAP.37", print_no="S99009")
    second = ny("2021-06-11 A SUBSTITUTED BY S99009", print_no="A99002", substitute=third)
    assert ny(REPLACED, substitute=second).words == "Replaced by A99002B on June 10, 2021"


def test_every_outcome_of_new_york_is_reached_by_these_rules():
    endings = itertools.chain(
        [TO_THE_GOVERNOR + "2021-12-09 S SIGNED CHAP.1", TO_THE_GOVERNOR + "2021-12-09 S CHAPTER 1"],
        [TO_THE_GOVERNOR + "2021-12-09 S VETOED MEMO.1", REPLACED, "2021-02-02 S LOST"],
        ["2021-02-02 S ENACTING CLAUSE STRICKEN", "2021-02-02 S REFERRED TO CODES"],
        [TO_THE_GOVERNOR + "2021-12-09 S VETOED MEMO.1\n2022-01-09 S CHAPTER 1"],
    )
    assert {ny(text, today=AFTER_SESSION).outcome for text in endings} == {
        "signed",
        "law_without_signature",
        "vetoed",
        "veto_overridden",
        "substituted",
        "lost",
        "stricken",
        "died",
    }
