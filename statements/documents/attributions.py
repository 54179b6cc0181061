"""Who said it: the words between, before and after quotations, read for the person they credit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from statements.documents.credits import Credit, credit_end, read_credits
from statements.documents.datelines import without_dateline
from statements.documents.offices import has_organisation_word
from statements.documents.roles import clean_organisation
from statements.documents.sentences import sentences
from statements.documents.small_letters import small
from statements.documents.vocabulary import one_of

VERBS = one_of(
    r"said|says|stated|states|adds|added|notes|noted|remarks|remarked|comments|"
    r"commented|declares|declared|continues|continued|"
    r"concludes|concluded|explains|explained|argues|argued|writes|wrote|told|tells|"
    r"observed|urges|urged|insisted|asserted|"
    r"emphasi[sz]ed|stressed|reiterated|responded|replied|tweeted|posted|warned|"
    r"lamented|quipped|charged|announced|"
    r"testified|recalled|agreed|affirmed|contended|exclaimed|proclaimed|opined|shared|offered|pointed out"
)
# As those that follow and have no re.IGNORECASE, it is asked of a text in small letters.
_VERB = re.compile(rf"\b{VERBS}\b")
_AFTER_VERB_FIRST = re.compile(
    rf"[\s,.–—-]*\b(?:as )?{VERBS}\s+(?=\S)(?!that\b|in\b|the following)", re.IGNORECASE
)
_AFTER_ACCORDING = re.compile(
    r"[\s,.–—-]*\b(?:according to|in the words of|reads a statement from)\s+(?=\S)", re.IGNORECASE
)
_AFTER_DASH = re.compile(r"[\s.]*(?:[–—―]|--?|~)\s*(?=[\"A-ZÀ-Þ])")
_SAID_FIRST = re.compile(rf"\s*{VERBS}\s+(.+?):?\s*$", re.IGNORECASE | re.DOTALL)
_ACCORDING = re.compile(r"\baccording to (.+?),?\s*$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:(?:and|but|then) )?(?:he|she|they|the (?:senator|assembly ?(?:member|man|"
    r"woman)|council ?(?:member|man|woman)|speaker|"
    r"mayor|governor|congress(?:man|woman)|representative|lawmaker|attorney general|director|sponsor))$",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:\s|^)(?:have |has |also |jointly |today |yesterday )*(?:released|issued|"
    r"issues|releases|made|makes|offered|gave|"
    r"provided|delivered|shared|put out|wrote|submitted|had|sent|posted|published)\b"
    r"(?: today| yesterday| on \w+)?,?\s+(?:(?:the|this|a|an|his|her|their|its|"
    r"following|joint|brief|below|written|public|official|"
    r"new)\s+){0,4}(?:statements?|remarks?|comments?|responses?|message|testimony|reaction|letter)\b",
)
_STATEMENT_FROM = re.compile(
    r"\b(?:statements?|remarks?|comments?|testimony|message|response|op-ed|"
    r"letter)\s+(?:(?:today|below),? )?(?:from|by|of)\s+(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FOLLOWING = re.compile(
    r"\b(?:see|find|read|is|below is|here is|hear)\b.{0,30}?\b(?:full |"
    r"following )?(?:statement|remarks?|comments?|response|testimony|"
    r"message)s? (?:from|by|of) (.+)$",
    re.DOTALL,
)
_ATTRIBUTED = re.compile(r"\b(?:attributed to|attributable to|on behalf of)\s+(.+?):?\s*$", re.DOTALL)
_TIME_WORDS = re.compile(
    r"\s+(?:today|yesterday|tonight|(?:on )?\w+day|this \w+|has|have|had|also|then|further|later)$",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:in (?:a|an|his|her|their|response|reaction|reply)\b[^,]{0,120}|"
    r"following\b[^,]{0,160}|after\b[^,]{0,160}|today|yesterday|"
    r"meanwhile|also|additionally|at (?:a|an|the)\b[^,]{0,80}|on \w+day|"
    r"as [^,]{0,120}|for (?:his|her) part|speaking\b[^,]{0,100}|"
    r"when [^,]{0,120}|upon [^,]{0,120}|with [^,]{0,120}|by [^,]{0,80})\s*,\s*",
    re.IGNORECASE,
)
# Without one of these, in small letters, nobody is introduced.
_INTRODUCING = (
    *("statement", "remark", "comment", "response", "message", "testimony", "reaction", "letter", "op-ed"),
    *("attribut", "on behalf of"),
)
SEARCHED = 700  # characters of running text that are looked at around a quotation

PRONOUN = Credit("", "pronoun")


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who is introduced as speaking next: persons, or only an organisation."""

    credits: tuple[Credit, ...] = ()
    organisation: str = ""


def credited_after(gap: str, quote_end: str) -> list[Credit]:
    """The persons whom the text right after a quotation credits with it. `quote_end` is the quotation's
    last mark.
    """
    gap = gap[:SEARCHED]
    for pattern in (_AFTER_VERB_FIRST, _AFTER_ACCORDING):
        match = pattern.match(gap)
        if match:
            rest = gap[match.end() :]
            if pattern is _AFTER_VERB_FIRST and quote_end in ".!?" and credit_line_ends_with_colon(rest):
                return []
            if _PRONOUN.match(credit_end(rest)):
                return [PRONOUN]
            found = read_credits(credit_end(rest))
            return found if pattern is _AFTER_VERB_FIRST else _with_office(found)
    match = _AFTER_DASH.match(gap)
    if match:
        found = read_credits(credit_end(gap[match.end() :]))
        if found:
            return [credit for credit in found if credit.is_full or credit.title or credit.organisation]
    return _named_before_verb(gap, quote_end)


def _with_office(credits: list[Credit]) -> list[Credit]:
    """ "According to" names institutes and reports as often as persons: only who has an office or
    organisation counts.
    """
    return [credit for credit in credits if credit.title or credit.organisation]


def credit_line_ends_with_colon(rest: str) -> bool:
    """Does the text run into a colon at its end, so that it speaks of what follows it?"""
    return rest.rstrip().endswith(":")


def _named_before_verb(gap: str, quote_end: str) -> list[Credit]:
    parts = sentences(gap)
    if not parts:
        return []
    first = parts[0]
    match = _VERB.search(small(first[:260]))
    if not match:
        return []
    followed = first[match.end() :].strip()
    announces = (len(parts) == 1 and followed.endswith((",", ":"))) or followed in (":", ",")
    goes_on = quote_end in ",–—-" or (quote_end in "?!" and gap.startswith((",", " ")))
    if announces and not goes_on:
        return []
    return _subject(first[: match.start()])


def _subject(text: str) -> list[Credit]:
    """The persons that a sentence's beginning names as its subject."""
    text = without_dateline(text.strip(" ,–—-"))
    for _ in range(3):
        shorter = _TIME_WORDS.sub("", _LEAD_IN.sub("", text)).strip(" ,")
        if shorter == text:
            break
        text = shorter
    if _PRONOUN.match(text):
        return [PRONOUN]
    if not text or len(text) > 400:
        return []
    return read_credits(credit_end(text + " "))


def credited_before(gap: str) -> Introduced:
    """The persons whom the text right before a quotation introduces as its speakers."""
    parts = sentences(gap[-SEARCHED:])
    if not parts:
        return Introduced()
    last = parts[-1].strip()
    introduced = introduced_by(last)
    if introduced.credits or introduced.organisation:
        return introduced
    match = _SAID_FIRST.match(last)
    if match:
        found = read_credits(match.group(1))
        if found:
            return Introduced(tuple(found))
    for match in islice(_VERB.finditer(small(last)), 4):
        found = _subject(last[: match.start()])
        if found and len(last) - match.end() <= 300:
            return Introduced(tuple(found))
    match = _ACCORDING.search(last)
    if match:
        return Introduced(tuple(_with_office(read_credits(credit_end(match.group(1))))))
    if last.endswith(":"):
        return Introduced(tuple(_bare(last.rstrip(": "))))
    return Introduced()


def told_of(text: str) -> tuple[list[Credit], str]:
    """(persons, sentence) of the last sentence that tells what somebody said without quoting it; ([], "")
    without one.
    """
    text = text[-SEARCHED:]
    if not _VERB.search(small(text)):
        return [], ""
    for sentence in reversed(sentences(text)[-3:]):
        match = _VERB.search(small(sentence[:200]))
        found = _subject(sentence[: match.start()]) if match else []
        if found:
            return found, sentence
    return [], ""


def introduced_by(sentence: str) -> Introduced:
    """The speakers of "X today released the following statement:", "... statement from X:" and "attributed
    to X:".
    """
    letters = small(sentence)
    if not _may_introduce(letters):
        return Introduced()
    statement = _STATEMENT.search(letters[:SEARCHED])
    if statement:
        named = _STATEMENT_FROM.search(sentence[statement.start() :])
        subject = sentence[: statement.start()]
        if named:
            organisation = _organisation(subject)
            found = read_credits(credit_end(re.sub(r"^(?:a |an |the |its |their )", "", named.group(1))))
            if found:
                return Introduced(tuple(_within(credit, organisation) for credit in found))
        behalf = re.match(r"(?:.{0,60}[.–—] ?)?on behalf of ([^,]{3,90}),", subject, re.IGNORECASE)
        found = _subject(subject[behalf.end() :] if behalf else subject)
        if found and found[0] is not PRONOUN:
            organisation = clean_organisation(behalf.group(1)) if behalf else ""
            return Introduced(tuple(_within(credit, organisation) for credit in found))
        return Introduced(organisation=_organisation(subject))
    match = _ATTRIBUTED.search(letters) or _FOLLOWING.search(letters[:SEARCHED])
    if match:
        return Introduced(tuple(read_credits(credit_end(sentence[slice(*match.span(1))]))))
    if sentence.rstrip().endswith(":"):
        match = _STATEMENT_FROM.search(sentence)
        if match:
            return Introduced(tuple(read_credits(credit_end(match.group(1)))))
    return Introduced()


def _may_introduce(letters: str) -> bool:
    return any(word in letters for word in _INTRODUCING)


def _within(credit: Credit, organisation: str) -> Credit:
    return credit if credit.organisation or not organisation else replace(credit, organisation=organisation)


def _organisation(subject: str) -> str:
    """The organisation that is a sentence's subject; "" where it is a group without a name."""
    text = _TIME_WORDS.sub("", _LEAD_IN.sub("", without_dateline(subject.strip())))
    text = text.rsplit(", ", 1)[-1] if ", the " in text else text.split(",")[0]
    text = clean_organisation(text.strip(" ,"))
    words = text.split()
    if not words or len(words) > 10 or not words[0][0].isupper() or not has_organisation_word(text):
        return ""
    return text


def _bare(text: str) -> list[Credit]:
    """A line that is only a credit: a full name with an office, a role or an organisation, and no more."""
    if len(text) > 230:
        return []
    return [credit for credit in read_credits(text) if credit.is_full]


def header_credits(line: str, *, before_quote: bool) -> Introduced:
    """The speakers that a line of its own announces: "Ana Roy, Director, Hudson Aid:", or a name above a
    quotation.
    """
    text = line.strip(" *_")
    ends_with_colon = text.endswith((":", "：", " -", " –", " —"))
    introduced = introduced_by(sentences(text)[-1]) if _may_introduce(small(text)) else Introduced()
    if introduced.credits or (introduced.organisation and (ends_with_colon or before_quote)):
        return introduced
    if ends_with_colon:
        return credited_before(text.rstrip(" -–—："))
    if not before_quote or len(text) > 170 or text.endswith((".", "!", "?")):
        return Introduced()
    found = [credit for credit in _bare(text) if credit.title or credit.organisation or len(text) < 40]
    return Introduced(tuple(found) if not _VERB.search(small(text)) else ())


def trailing_credits(line: str, *, dashed: bool) -> list[Credit]:
    """The speakers that a line under a quotation credits with it: "— Ana Roy", or an unmarked name with its
    office.
    """
    match = _AFTER_DASH.match(line)
    text = line[match.end() :] if match else line
    if match or dashed:
        return [credit for credit in read_credits(credit_end(text)) if credit.is_full or credit.title]
    if _AFTER_VERB_FIRST.match(line):
        return credited_after(line, ",")
    if len(text) > 170 or text.endswith((".", "!", "?", ":")):
        return []
    return [credit for credit in _bare(text) if credit.title or credit.organisation]
