"""Which line of a page is its title."""

from __future__ import annotations

import re

from statements.documents.datelines import dateline_end, without_dateline
from statements.documents.dates import find_dates
from statements.documents.furniture import is_furniture
from statements.documents.layout import END_MARK, Block
from statements.documents.offices import ORGANISATION_ENDS, bare
from statements.documents.person_names import PARTICLES, SUFFIXES, name_run
from statements.documents.quotes import begins_with_quote

TITLE_LIMIT = 300  # characters: a longer line is a paragraph
SEARCHED = 60  # blocks at the start in which a title stands
SENTENCE = 100  # characters: a longer line with a full stop is the text itself
SHORTENED = 140  # characters of a title made from the first sentence

_NAME_OF_SITE = re.compile(
    r"(?:the )?(?:new york (?:state|city) (?:senator|senate|assembly|council|"
    r"legislature|immigration coalition)|nys (?:senate|assembly)|"
    r"nyc council|official website.{0,60}|.{0,40}\b(?:press releases?|news ?room|news|"
    r"blog|articles?|statements?)|"
    r"(?:united states|u\.s\.) (?:senator|senate|house|congress|"
    r"representative)\b.{0,60}|(?:congress(?:man|woman)|representative|senator|"
    r"assembly ?member|"
    r"council ?member|mayor|governor)|office of the .{3,60}|the (?:city|"
    r"state) of new york.{0,40}|issues:? .{0,40}|.{3,40}\bcounty of\b.{0,40}|"
    r"(?:the )?(?:state|city) of new york|executive chamber|the council.{0,30}|"
    r"city council|statement|press conference|for release)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"im?migra|senat|assembl|council|mayor|gov|congress|rep$|legislat|lawmaker|"
    r"bills?$|act$|laws?$|ice$|statement|rights|courts?|police|deport|"
    r"dream|sanctuary|refugee|asylum|advocates|coalition|announc|calls?$|urg|pass|vot|"
    r"sign|veto|oppos|support|applaud|celebrat|protect|introduc|"
    r"famil|new york|albany|commend|demand|denounc|attorney|speaker|resolution|letter|"
    r"testimony|nyc|nys|detain|detention|licen|sue|budget|response",
)
_LABELLED = re.compile(
    r"(?:affiliate|issues?|issue areas?|topics?|tags?|categor(?:y|ies)|committees?|by|"
    r"written by|author|posted(?: on| by| in)?|published(?: on)?|date|"
    r"from|to|cc|subject|re|contact|via|filed under|source|updated|last updated|"
    r"location|when|where|who|what)\s?:?\s",
    re.IGNORECASE,
)
_RESOLUTION_NUMBER = re.compile(
    r"(?:(?:preconsidered|proposed)\s)*(?:res(?:olution)?\.?|"
    r"int\.?)\s?(?:no\.?\s?)?\d+(?:-[A-Z])?(?:-\d{4})?\.?$",
    re.IGNORECASE,
)
_RESOLUTION_TITLE = re.compile(
    r"(?:a )?(?:joint )?(?:resolution|local law)\b.{12,}", re.IGNORECASE | re.DOTALL
)
_RESOLUTION_BY = re.compile(
    r"by (?:the )?(?:council members?|speaker|public advocate|borough president)\b", re.IGNORECASE
)
_RESOLVED = re.compile(r"\bresolved,?\s+that\s+(.{20,1200}?)(?:[.;]?\s*$|;\s)", re.IGNORECASE | re.DOTALL)
_SITE_AFTER_BAR = re.compile(r"\s+(?:\||»|::|–|—|-)\s+[^|»]{3,60}$")
_LINKING_END = re.compile(
    r"(?:\b(?:the|a|an|of|and|or|to|for|in|on|at|by|with|from|as|its|his|her|their|"
    r"after|before|against|calls?|into|that|['’]s)|[,&–—-]|['’]s)$",
    re.IGNORECASE,
)
_PRESS_PLACE = re.compile(r"N\.?Y\b|D\.?C\b|New York|Albany|City Hall|Washington", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:re|subject)\s?:\s*(.{6,280})$", re.IGNORECASE)


def find_title(blocks: tuple[Block, ...] | list[Block], kind: str) -> tuple[str, int]:
    """(title, index of its block). The index is -1 where the title is made of other words of the text.

    A page that has no title is given its first sentence; a letter without one "Letter to" its addressee.
    """
    if kind == "resolution":
        found = _resolution_title(blocks)
        if found:
            return found
    if kind == "letter":
        found = _letter_title(blocks)
        if found:
            return found
    found = _heading(blocks) or _first_line(blocks)
    if found:
        return found
    return _first_sentence(blocks), -1


def _heading(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    """The first marked heading above the text that is no site's name; the longest word count decides
    between two.
    """
    for index, block in enumerate(blocks[:SEARCHED]):
        if not block.level:
            if len(block.text) > 250 and not is_furniture(block.text):
                return None
            continue
        if _is_title(block) and len(block.text.split()) >= 3:
            return _joined(blocks, index), index
    return None


def _first_line(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    """The likeliest title of the lines above the text: the first, unless a later one reads far more like a
    headline.
    """
    best: tuple[float, int] | None = None
    short: tuple[str, int] | None = None
    for index, block in enumerate(blocks[:SEARCHED]):
        text = block.text
        if is_furniture(text):
            continue
        if text.startswith(("Dear ", "Whereas", "WHEREAS")):
            break
        if len(text) > TITLE_LIMIT or _starts_text(text) or (len(text) > SENTENCE and _is_sentence(text)):
            break
        if begins_with_quote(text) and (len(text) > 100 or text.rstrip('”"').endswith((".", "!", "?"))):
            break
        if not _is_title(block) or block.bullet or text[0] in "–—-":
            continue
        words = text.split()
        if len(words) >= 4:
            score = _likeness(words) - index * 0.3
            if best is None or score > best[0]:
                best = (score, index)
        elif short is None and len(words) >= 2 and not _is_only_name(text):
            short = (text, index)
    return (_joined(blocks, best[1]), best[1]) if best else short


def _likeness(words: list[str]) -> float:
    """How much a line reads like the headline of a text about legislation."""
    capitals = sum(1 for word in words if word[0].isupper() or word[0] in '“"#')
    likeness = 1.0 if len(words) >= 5 else 0.0
    likeness += 1.0 if capitals * 5 >= len(words) * 3 else 0.0
    likeness += 2.0 if any(_TOPIC.match(bare(word)) for word in words) else 0.0
    only_name = len(words) <= 7 and capitals >= len(words) - 2 and bare(words[-1]) in ORGANISATION_ENDS
    return likeness - (2.0 if only_name else 0.0)


def _starts_text(text: str) -> bool:
    """A dateline or an opening quotation of some length: the text has begun and no title stood before it."""
    if len(text) < 70:
        return False
    end = dateline_end(text)
    return bool(end) and (text.startswith("(") or bool(_PRESS_PLACE.search(text[:end])))


def _is_sentence(text: str) -> bool:
    """Is the line ordinary prose: ended with a full stop, and not in a headline's capitals?"""
    words = text.split()
    capitals = sum(1 for word in words if word[0].isupper())
    return text.rstrip('”"').endswith((".", "!", "?", ":")) and capitals * 5 < len(words) * 3


def _is_title(block: Block) -> bool:
    text = block.text
    if (
        text == END_MARK
        or not 6 <= len(text) <= TITLE_LIMIT
        or is_furniture(text)
        or _NAME_OF_SITE.fullmatch(text)
    ):
        return False
    if _LABELLED.match(text) and (":" in text[:24] or text[:3].casefold() == "by "):
        return False
    if not any(character.isalpha() for character in text) or _is_only_name(text):
        return False
    dates = find_dates(text)
    if (
        dates
        and len(text) - (dates[0].end - dates[0].start) <= 45
        and not re.search(r"week|votes|hearing|report", text, re.IGNORECASE)
    ):
        return False
    return not re.match(r"\S+[»>›/] ", text)


def _is_only_name(text: str) -> bool:
    tokens = [
        token
        for token in text.split()
        if bare(token) not in {"senator", "assemblymember", "congressman", "hon"}
    ]
    if not 1 < len(tokens) <= 5 or name_run(tokens, 0) != len(tokens):
        return False
    return len(tokens) <= 3 or any(
        len(token.strip(".")) == 1 or bare(token) in PARTICLES or bare(token) in SUFFIXES for token in tokens
    )


def _joined(blocks: tuple[Block, ...] | list[Block], index: int) -> str:
    """The title with the lines it runs on to: a line that cannot end there goes on in the next."""
    text = blocks[index].text
    for following in blocks[index + 1 : index + 4]:
        begins_small = following.text[:1].islower()
        if following.gap or following.bullet or len(following.text) > 120 or len(text) > 220:
            break
        if (
            not (_LINKING_END.search(text) or begins_small)
            or is_furniture(following.text)
            or find_dates(following.text)
        ):
            break
        text = f"{text} {following.text}"
    return text


def _resolution_title(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    for index, block in enumerate(blocks[:SEARCHED]):
        text = re.sub(r"^title:\s*", "", block.text, flags=re.IGNORECASE)
        if text.casefold().startswith(("whereas", "resolved", "be it enacted")):
            break
        if (
            _RESOLUTION_TITLE.match(text)
            and not _RESOLUTION_NUMBER.match(text)
            and not _RESOLUTION_BY.match(text)
        ):
            return text if len(text) <= 900 else text[:900].rsplit(" ", 1)[0], index
    if any(
        block.level or (block.text[:1].isupper() and _is_title(block))
        for block in blocks[:3]
        if not _RESOLUTION_BY.match(block.text)
    ):
        return None
    return _resolved_clause(blocks)


def _resolved_clause(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    """What is resolved, for a text that begins with its first "Whereas"."""
    for block in blocks:
        match = _RESOLVED.search(block.text)
        if match:
            text = match.group(1).strip()
            text = text[:1].upper() + text[1:]
            return text if len(text) <= 900 else text[:900].rsplit(" ", 1)[0], -1
    return None


def _letter_title(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    """A heading above the letter, else its subject line, else its addressee. An address block above it is
    no title.
    """
    subject = None
    for index, block in enumerate(blocks[:SEARCHED]):
        text = block.text
        match = _SUBJECT.match(text)
        if match and not subject:
            subject = (match.group(1).strip(), index)
        inline = re.search(
            r"\bDear ((?:(?:Mr|Ms|Mrs|Dr|Gov|Sen|Rep|Hon)\.|[A-Z])[^.!?]{2,160}?)[,:]", text[:400]
        )
        if inline:
            above = _heading(blocks[:index]) or _title_above_address(blocks[:index]) or subject
            above = above or _subject_above_salutation(blocks, index)
            return above or (f"Letter to {inline.group(1).strip()}", -1)
    return None


def _subject_above_salutation(blocks: tuple[Block, ...] | list[Block], index: int) -> tuple[str, int] | None:
    """An unlabelled subject: the line that stands by itself between the address and "Dear"."""
    if not index or not blocks[index].gap or not blocks[index - 1].gap:
        return None
    block = blocks[index - 1]
    if not _is_title(block) or len(block.text.split()) < 3 or "," in block.text or block.text.startswith("("):
        return None
    return block.text, index - 1


def _title_above_address(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, int] | None:
    """The first line, where it reads as a headline and not as the first line of an address."""
    found = _first_line(blocks)
    if not found:
        return None
    text, index = found
    words = text.split()
    if re.match(
        r"(?:the )?hon(?:orable|\.)? |(?:speaker|leader|president|chair|member|mayor|governor) of |"
        r"director|secretary|(?:u\.?s\.? )?department|via |u\.?s\.? ",
        text,
        re.IGNORECASE,
    ):
        return None
    if len(words) < 4 or (_is_address_part(blocks, index) and len(words) < 7):
        return None
    return found


def _is_address_part(blocks: tuple[Block, ...] | list[Block], index: int) -> bool:
    around = blocks[index + 1 : index + 4]
    return any(
        re.search(
            r"\b\d{5}(?:-\d{4})?$|\b(?:street|avenue|st\.|sw|nw|floor|suite|capitol)\b",
            block.text,
            re.IGNORECASE,
        )
        for block in around
    )


def _first_sentence(blocks: tuple[Block, ...] | list[Block]) -> str:
    for block in blocks:
        if is_furniture(block.text) or block.text == END_MARK or not any(map(str.isalpha, block.text)):
            continue
        text = without_dateline(block.text).strip('“”" ') or block.text
        sentence = re.split(r"(?<=[a-z”\")][.!?:]) ", text[: SHORTENED * 3], maxsplit=1)[0].rstrip(":")
        if len(sentence) <= SHORTENED:
            return sentence or block.text[:SHORTENED]
        return sentence[:SHORTENED].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
    return blocks[0].text[:SHORTENED] if blocks else ""


def without_site(title: str) -> str:
    """A title from a page's head without the site's name after a bar: "Ana Roy Speaks | Hudson Aid"."""
    shorter = _SITE_AFTER_BAR.sub("", title)
    return shorter if len(shorter.split()) >= 3 else title
