"""Action lists written as a page prints them, for tests: "2021-01-06 S REFERRED TO CODES"."""

from __future__ import annotations

from datetime import date

from bills.stages import ActionLine, Standing, read_standing

HOUSES = {"S": "senate", "A": "assembly", "H": "house", "C": "council", "?": "joint"}
IN_SESSION = date(2022, 6, 30)  # within New York's session of 2021
AFTER_SESSION = date(2024, 6, 30)


def lines(text: str) -> list[ActionLine]:
    """One action a line: the day, the house's letter, the text; for the Council the body after a bar."""
    actions = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day, house, words = line.split(" ", 2)
        words, _, body = words.partition(" | ")
        body, _, result = body.partition(" | ")
        actions.append(ActionLine(date.fromisoformat(day), HOUSES[house], words, 0, body, result))
    return actions


def ny(
    text: str, *, print_no: str = "S99001", session: int = 2021, today: date = IN_SESSION, **more
) -> Standing:
    return read_standing("ny", session, print_no, lines(text), today=today, **more)


def codes(standing: Standing) -> list[str]:
    return [stage.code for stage in standing.stages]
