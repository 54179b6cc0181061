"""Who speaks in a document, and what each says: quotations joined with the words that credit them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from statements.documents import quotes
from statements.documents.attributions import (
    PRONOUN,
    credited_after,
    credited_before,
    header_credits,
    told_of,
    trailing_credits,
)
from statements.documents.cast import Cast
from statements.documents.credits import Credit, read_credits
from statements.documents.layout import END_MARK, Block
from statements.documents.offices import HONORIFICS, bare
from statements.documents.parsed import Remark, Speaker
from statements.documents.person_names import same_person
from statements.documents.sentences import sentences

MOST_SPEAKERS = 250  # a text with more is no statement; the rest are left out
LOOK_AHEAD = 12  # paragraphs over which an unclosed quotation may run
SHORT_QUOTE = 4  # words: a shorter quotation that nobody is credited with is a figure of speech
# A sentence's subject in capitals, what is put beside it, and a verb of the past.
_DOER = re.compile(
    r"([A-ZÀ-Þ][\w.'’-]{1,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}){0,6})(?:, an? [^,]{3,80},)? "
    r"(?:voted|[a-z]{2,14}ed|told|spoke|went|took)\b"
)


@dataclass(slots=True)
class _Said:
    """One quotation and the persons credited; `credits` empty until they are found."""

    start: int
    end: int
    text: str
    whole_block: bool
    closed: bool
    credits: tuple[Credit, ...] = ()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the readers of quotations found: speakers in order of speaking, their remarks, remarks of nobody
    named.
    """

    speakers: tuple[Speaker, ...]
    remarks: tuple[Remark, ...]
    uncredited: tuple[Remark, ...]


def read_speakers(blocks: list[Block], cast: Cast) -> Spoken:
    """The speakers and remarks of the blocks that are a document's own words."""
    reading = _Reading(blocks, cast)
    return _gather(reading.run(), reading.told, cast)


class _Reading:
    """One pass over the blocks, with what carries from one to the next."""

    def __init__(self, blocks: list[Block], cast: Cast):
        self.blocks = blocks
        self.cast = cast
        self.said: list[_Said] = []
        self.told: list[_Said] = []
        self.current: tuple[Credit, ...] = ()
        self.pending: tuple[Credit, ...] = ()
        self.pending_organisation = ""
        self.unclosed = False

    @cached_property
    def closes_later(self) -> list[bool]:
        """Only asked for where a quotation runs on over paragraphs."""
        return _closes_later(self.blocks)

    def run(self) -> list[_Said]:
        for index, block in enumerate(self.blocks):
            follows = index + 1 < len(self.blocks) and quotes.begins_with_quote(self.blocks[index + 1].text)
            inside = self.unclosed and not quotes.begins_with_quote(block.text) and self.closes_later[index]
            found = quotes.spans(block.text, inside=inside)
            if found:
                self._read_quotations(block, found)
            else:
                self._read_plain(index, follows)
        return self.said

    def _read_plain(self, index: int, before_quote: bool) -> None:
        """A block without quotations: it may credit the one before it or announce the one after it."""
        block = self.blocks[index]
        self.unclosed = False
        if self.said and self._is_waiting(self.said[-1], block):
            found = self._known(trailing_credits(block.text, dashed=block.bullet))
            if found:
                self._credit_waiting(found)
                self.pending = ()
                return
        introduced = header_credits(block.text, before_quote=before_quote)
        found = self._known(introduced.credits)
        if found or introduced.organisation:
            self.pending, self.pending_organisation = found, introduced.organisation
            if found:
                self.current = found
            if not before_quote and found and block.text.rstrip().endswith(":"):
                self._take_unquoted(index + 1)
        elif len(block.text) > 60:
            self._take_told(block)
            self.pending, self.pending_organisation = (), ""

    def _take_unquoted(self, index: int) -> None:
        """The paragraph after "Name, Role:" is what that person says, with or without quotation marks."""
        block = self.blocks[index] if index < len(self.blocks) else None
        if block and len(block.text) > 80 and not block.text.endswith(":") and not quotes.spans(block.text):
            self.said.append(_Said(block.start, block.end, block.text, True, True, self.pending))

    def _is_waiting(self, last: _Said, block: Block) -> bool:
        """Is nobody credited with the last quotation, and does the block stand right under it?"""
        uncredited = last.whole_block and not last.credits and not last.organisation
        return uncredited and 0 <= block.start - last.end <= 6

    def _read_quotations(self, block: Block, found: list[quotes.Span]) -> None:
        text = block.text
        begins = found[0].outer_start == 0 or not found[0].opened
        goes_on = self.unclosed and begins
        credited: tuple[Credit, ...] = ()
        first_new = len(self.said)
        for number, span in enumerate(found):
            before = text[found[number - 1].outer_end if number else 0 : span.outer_start]
            after = text[
                span.outer_end : found[number + 1].outer_start if number + 1 < len(found) else len(text)
            ]
            quote_end = text[span.end - 1 : span.end] or " "
            credits = credited_after(after, quote_end) if after.strip() else []
            if credits == [PRONOUN] and before.strip():
                self._note_subject(before)
            persons = self._known(credits)
            organisation = ""
            if not persons and before.strip():
                introduced = credited_before(before)
                persons = self._known(introduced.credits)
                organisation = introduced.organisation
            if not persons and number and credited and self._is_continued(before):
                persons = credited
            words = text.count(" ", span.start, span.end) + 1
            whole = (begins and number == 0) or (len(found) == 1 and words > 12)
            if persons or organisation or whole or (words > SHORT_QUOTE and credited):
                self.said.append(_quoted(block, span, begins, persons, organisation))
            credited = persons or credited
        self._settle(first_new, credited, begins=begins, goes_on=goes_on)
        self.unclosed = not found[-1].closed

    def _note_subject(self, text: str) -> None:
        """Whom "she" means after a sentence that tells what somebody said: its subject."""
        subject, _ = told_of(text)
        found = self._known(subject) if subject and subject != [PRONOUN] else ()
        found = found or self._known(_doer(text, self.cast))
        if found:
            self.current = found

    def _take_told(self, block: Block) -> None:
        """A sentence that tells what somebody said is a remark in substance, where that person also speaks
        verbatim.
        """
        subject, sentence = told_of(block.text)
        found = self._known(subject)
        if found:
            self.current = found
            start = block.start + block.text.rfind(sentence)
            self.told.append(_Said(start, start + len(sentence), sentence, False, True, found))

    def _is_continued(self, before: str) -> bool:
        """Between two quotations of one paragraph stands only the credit: the second is the same person's."""
        return len(before) < 400

    def _settle(self, first_new: int, credited: tuple[Credit, ...], *, begins: bool, goes_on: bool) -> None:
        """Give the block's uncredited quotations to whom they belong, as far as can be told by now."""
        fresh = self.said[first_new:]
        if credited:
            self.current = credited
            if goes_on:
                self._credit_unclosed_before(first_new, credited)
            for said in fresh:
                if not said.credits and not said.organisation and said.whole_block:
                    said.credits = credited
            self.pending, self.pending_organisation = (), ""
            return
        if not begins:
            return
        owner = self.pending
        if not owner and goes_on and first_new and self.said[first_new - 1].credits:
            owner = self.said[first_new - 1].credits
        for said in fresh:
            if not said.credits and not said.organisation:
                said.credits = owner
                said.organisation = "" if owner else self.pending_organisation

    def _credit_unclosed_before(self, first_new: int, credited: tuple[Credit, ...]) -> None:
        for said in reversed(self.said[:first_new]):
            if said.closed or said.credits:
                return
            said.credits = credited

    def _credit_waiting(self, credited: tuple[Credit, ...]) -> None:
        """A credit under the last quotation is also that of the unclosed paragraphs before it."""
        last = len(self.said) - 1
        self.said[last].credits = credited
        self._credit_unclosed_before(last, credited)
        self.current = credited

    def _known(self, credits: tuple[Credit, ...] | list[Credit]) -> tuple[Credit, ...]:
        """Credits with pronouns and surnames replaced by the persons they mean; what means nobody is left
        out.
        """
        known: list[Credit] = []
        for credit in credits:
            if credit is PRONOUN:
                known.extend(self.current)
            elif credit.is_full:
                self.cast.add(credit)
                known.append(credit)
            else:
                owner = self.cast.find(credit)
                if owner:
                    known.append(replace(owner, title=_better_title(owner.title, credit.title)))
                elif credit.title or credit.organisation:
                    known.append(credit)
        return tuple(known)


def _doer(text: str, cast: Cast) -> list[Credit]:
    """Who does what the last sentence of `text` tells: "Roy, a Bronx Democrat, likened it to a wall"."""
    told = [sentence for sentence in sentences(text[-600:].strip()) if sentence.strip()]
    match = _DOER.match(told[-1]) if told else None
    if not match:
        return []
    credits = read_credits(match.group(1))
    return [credit for credit in credits[:1] if credit.is_full or cast.find(credit)]


def _quoted(
    block: Block, span: quotes.Span, begins: bool, persons: tuple[Credit, ...], organisation: str
) -> _Said:
    """The quotation without blanks at its ends, and its place."""
    inner = block.text[span.start : span.end]
    start = block.start + span.start + len(inner) - len(inner.lstrip())
    words = inner.strip()
    return _Said(start, start + len(words), words, begins, span.closed, persons, organisation)


def _better_title(full: str, short: str) -> str:
    """The office as named with the full name, unless that names none or only a form of address."""
    if not full or all(bare(word) in HONORIFICS for word in full.split()):
        return short if short and not all(bare(word) in HONORIFICS for word in short.split()) else full
    return full


def _closes_later(blocks: list[Block]) -> list[bool]:
    """For each block: does a quotation that runs into it find its end in it, or soon after without a new
    beginning?
    """
    result = [False] * len(blocks)
    distance = LOOK_AHEAD + 1
    for index in range(len(blocks) - 1, -1, -1):
        text = blocks[index].text
        inside = quotes.spans(text, inside=True)[0]
        if inside.closed:
            distance = 0
        elif quotes.spans(text) or text == END_MARK or blocks[index].level:
            distance = LOOK_AHEAD + 1
        else:
            distance += 1
        result[index] = distance <= LOOK_AHEAD
    return result


def _gather(said: list[_Said], told: list[_Said], cast: Cast) -> Spoken:
    speakers: list[Speaker] = []
    remarks: list[Remark] = []
    uncredited: list[Remark] = []
    for item in said:
        if not item.credits:
            remark = Remark("", item.text, item.start, item.end, organisation=item.organisation)
            (remarks if item.organisation else uncredited).append(remark)
        for credit in item.credits:
            name = _seated(speakers, credit, cast)
            if name:
                remarks.append(Remark(name, item.text, item.start, item.end))
    for item in told:
        for credit in item.credits:
            name = next((speaker.name for speaker in speakers if same_person(speaker.name, credit.name)), "")
            if name:
                remarks.append(Remark(name, item.text, item.start, item.end, verbatim=False))
    return Spoken(tuple(speakers), tuple(remarks), tuple(uncredited))


def _seated(speakers: list[Speaker], credit: Credit, cast: Cast) -> str:
    """The speaker's name, who is then among `speakers` once; "" where these are full."""
    if not credit.is_full:
        owner = cast.find(credit)
        credit = replace(owner, title=_better_title(owner.title, credit.title)) if owner else credit
    for index, speaker in enumerate(speakers):
        if same_person(speaker.name, credit.name) and (credit.is_full or not speaker.name.count(" ")):
            speakers[index] = Speaker(
                speaker.name,
                _better_title(speaker.title, credit.title) or credit.title,
                speaker.organisation or credit.organisation,
            )
            return speaker.name
    if len(speakers) == MOST_SPEAKERS:
        return ""
    speakers.append(Speaker(credit.name, credit.title, credit.organisation))
    return credit.name


def without(spoken: Spoken, name: str) -> Spoken:
    """The same with remarks of another spelling of `name` under `name` itself."""
    names = {speaker.name for speaker in spoken.speakers if same_person(speaker.name, name)}
    remarks = tuple(
        replace(remark, speaker=name) if remark.speaker in names else remark for remark in spoken.remarks
    )
    return Spoken(tuple(s for s in spoken.speakers if s.name not in names), remarks, spoken.uncredited)
