"""What on a page is not the text: menus, contact blocks, share lines, forms, comments, lists of other
pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from statements.documents.datelines import dateline_end
from statements.documents.layout import END_MARK, Block
from statements.documents.quotes import begins_with_quote

# One line, anywhere, that is never a document's own words.
_LINE = re.compile(
    r"(?:skip to (?:main |primary |secondary )?(?:content|navigation)|"
    r"toggle navigation|(?:main |mobile |secondary )?(?:menu|navigation)\b.{0,40}|"
    r"search(?: this site| form)?|home(?: ?[»>/].{0,120})?|close|x|"
    r"share(?:\b.{0,60})?|tweet|e-?mail(?: this)?|print(?: this page)?|"
    r"facebook|twitter|linkedin|instagram|youtube|whatsapp|reddit|pinterest|bluesky|"
    r"threads|copy link|like this:?|loading\.*|"
    r"donate(?: now)?|sign ?up(?:\b.{0,60})?|sign in|subscribe(?:\b.{0,80})?|"
    r"log ?(?:in|out)|register|follow us(?:\b.{0,60})?|"
    r"google translate|translate(?: this page)?|select language|espa[nñ]ol|english|"
    r"press banner|advertisement|sponsored|"
    r"(?:press )?releases?|(?:the )?latest(?: news)?|media(?: center| advisory)?|"
    r"news(?: ?room| & updates| and updates)?|press(?: room| office)?|"
    r"(?:back|return) to\b.{0,60}|(?:read|learn|see|view|show|load) (?:more|all|"
    r"less)\b.{0,60}|go to top.{0,10}|top|"
    r"(?:« ?|← ?|< ?)?previous(?: post| article)?.{0,80}|next(?: post|"
    r" article)?(?: ?»| ?→| ?>)?|older posts|newer posts|"
    r"(?:high[- ]res(?:olution)? )?(?:photos?|video|images?|pictures?|livestream|"
    r"facebook live)\b.{0,40}\b(?:here|available|below|courtesy)\b.{0,60}|"
    r"photo(?: credit| courtesy| by)?:.{0,120}|photo (?:by|courtesy).{0,100}|"
    r"image:.{0,120}|(?:caption|credit):.{0,150}|"
    r"(?:click|tap) (?:here|to)\b.{0,120}|(?:download|view|print) (?:pdf|this|"
    r"bill text).{0,60}|permalink|accessibility.{0,40}|"
    r"(?:for )?(?:immediate|media|press) (?:release|use|inquiries)\b.{0,80}|"
    r"for release\b.{0,60}|embargoed\b.{0,80}|"
    r"(?:read|view|download|see) (?:the )?(?:full|complete) .{3,60}|(?:first|now|"
    r"next), (?:enter|choose|select)\b.{0,60}|public statements|date: [\d-]{8,10}|"
    r"download as pdf\b.{0,20}|you are on page\b.{0,20}|location:.{0,60}|"
    r"quantcast|\d+ (?:comments?|shares?|views?|likes?)|no comments?:?|"
    r"\[?email.protected\]?|javascript is (?:required|disabled).{0,80})[:.!]?",
    re.IGNORECASE,
)

# A line that opens what belongs to the site and not to the text; what follows it is left out.
_END = re.compile(
    r"(?:###|leave a (?:reply|comment)|post a comment|comments?(?: \(\d+\))?:?$|"
    r"\d+ (?:comments?|responses?|replies|thoughts?)\b.{0,20}(?: (?:to|on)\b|$)|"
    r"one (?:response|thought|comment|reply)(?: (?:to|on)\b|$)|no comments|"
    r"related (?:posts?|content|articles?|stories|news|items|links?|press|issues|"
    r"resources|documents)\b.{0,40}$|"
    r"you (?:may|might) (?:also )?(?:like|be interested)|more (?:from|on|in|news|"
    r"stories|press releases)\b.{0,60}$|recent (?:posts?|news|press|articles?|"
    r"comments?|updates)\b.{0,40}$|"
    r"latest (?:posts?|news|press|articles|updates)\b.{0,40}$|the latest in\b|"
    r"by (?:completing|submitting) this form|share this\b.{0,60}$|"
    r"this entry was posted|posted in\b.{0,100}$|filed under\b|tagged\b.{0,80}|tags?:|"
    r"categor(?:y|ies):|about (?:the )?(?:author|aclu|nyclu|us)$|"
    r"skip to top|help us\b.{0,60}$|newsroom$|go to newsroom|"
    r"your email address will not|enter your email|join our (?:mailing|email)|"
    r"stay (?:informed|connected|up to date)|"
    r"subscribe to\b.{0,80}$|©|copyright\b|all rights reserved|privacy policy|"
    r"terms of (?:use|service)|paid for by\b|"
    r"quick links|site map|contact us$|find your (?:senator|legislator|assembly)|"
    r"how a bill becomes|learn more about (?:the )?issues|"
    r"learn more .{0,4}about the issues in this|issues? (?:in this press release|"
    r"areas?)|aclu['’]s vision|do you support this bill|"
    r"was this (?:page|article) helpful|print(?:er)?[- ]friendly|pingbacks?:?|"
    r"trackbacks?|older post|newer post|share on\b|"
    r"(?:media|press) (?:contacts?|inquiries)\b|contacts?:|for (?:more|further|"
    r"additional) information,? (?:please )?contact\b|sign the petition!?$)",
    re.IGNORECASE,
)
_RELATED_LEGISLATION = re.compile(
    r"related legislation|legislation$|bills? (?:in this|referenced|mentioned)", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:(?:for )?(?:media|press|news)? ?(?:contacts?|inquiries)\b|for (?:more|"
    r"further|additional|media|press) ?(?:information|details)?,? ?"
    r"(?:please )?(?:contact|call)|contact\b|tel\b|phone\b|fax\b|cell\b|e-?mail:)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\d{1,5}[\w-]* (?:[NSEW]\. )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,3} (?:street|st|"
    r"avenue|ave|road|rd|boulevard|blvd|broadway|drive|dr|plaza|place|lane)\b.{0,60}|"
    r"(?:\d{1,3}(?:st|nd|rd|th) floor|(?:suite|room|rm\.?|floor|p\.?o\.? box) ?#?\w{1,8})\b.{0,60}|"
    r".{0,50}\b[A-Z][A-Z.]{1,4},? \d{5}(?:-\d{4})?|united states|250 broadway.{0,60}|"
    r".{0,40}(?:legislative office building|capitol building|house office building|"
    r"senate office building).{0,40}",
    re.IGNORECASE,
)
_REACH = re.compile(r"\S+@\S+\.\w{2,}|\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}|https?://\S+|www\.\S+")
_ABOUT_ITSELF = re.compile(
    r"(?:about\b|founded (?:in|by)\b|(?:the )?[A-Z][^.“\"]{3,90}? (?:is|are) (?:an?|"
    r"the|one of|new york['’]?s?)\b[^.“\"]{0,90}\b"
    r"(?:organi[sz]ation|nonprofit|non-profit|coalition|alliance|union|firm|agency|"
    r"network|institution|charity|association)\b)"
)
_ISSUE_LABEL = re.compile(r"(?:issues?|topics?|issue areas?|tags?|categor(?:y|ies))\s?:", re.IGNORECASE)


# The notices that a site shows above every page.
_BANNER = re.compile(
    r"(?:the|our) offices? (?:is|are|will be|remains?) (?:currently |temporarily )?"
    r"(?:operating|closed|open|receiving)\b|"
    r"(?:this|our) (?:web)?site uses cookies\b|we use (?:\w+ ){0,3}cookies\b|"
    r"(?:please )?enable javascript\b|javascript (?:is|must be)\b",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Is the line a menu entry, share button, contact, address, or another line that no page says in its
    own words?
    """
    if len(text) > 220:
        return len(text) < 600 and bool(_BANNER.match(text))
    return bool(_BANNER.match(text)) or bool(_LINE.fullmatch(text)) or is_contact(text)


def is_contact(text: str) -> bool:
    """Is the line a press contact, an address, or hardly more than a telephone number or e-mail address?"""
    if len(text) > 220:
        return False
    if _CONTACT.match(text) and len(text) < 200 and not text.endswith((".", "”", '"')):
        return True
    if _ADDRESS.fullmatch(text) and len(text) < 110:
        return True
    reach = _REACH.search(text)
    return bool(reach) and len(_REACH.sub("", text).strip(" |,;:-–—")) <= 70


@dataclass(frozen=True, slots=True)
class Regions:
    """The blocks of a page by place: above the text, its own words, the bills it is linked with, what comes
    after.
    """

    header: list[Block]
    body: list[Block]
    related: list[Block]
    footer: list[Block]


LEAD = 130  # characters: a longer line above is the text's beginning, not part of its heading


def regions(blocks: tuple[Block, ...] | list[Block], *, title_at: int = -1) -> Regions:
    """Part a page. `title_at` is the index of the block that is its title, -1 where it has none."""
    first = _first_of_body(blocks, title_at)
    header = list(blocks[:first])
    body: list[Block] = []
    related: list[Block] = []
    seen = 0
    index = first
    while index < len(blocks):
        block = blocks[index]
        if (
            _RELATED_LEGISLATION.match(block.text)
            and (block.level or block.text.isupper() or block.text.casefold() == "related legislation")
            and len(block.text) < 60
        ):
            related = list(blocks[index + 1 : index + 60])
            break
        if seen >= 150 and _ends_here(blocks, index):
            break
        if not is_furniture(block.text) and block.text != END_MARK:
            body.append(block)
            seen += len(block.text)
        index += 1
    return Regions(header, _without_boilerplate(body), related, list(blocks[index:]))


def _ends_here(blocks: tuple[Block, ...] | list[Block], index: int) -> bool:
    """Does the site's own matter begin here? A contact line counts only where no long paragraph follows
    soon.
    """
    text = blocks[index].text
    if len(text) > 400 or not _END.match(text):
        return False
    if text == END_MARK or not _CONTACT.match(text):
        return True
    return not any(len(block.text) > 200 for block in blocks[index + 1 : index + 6])


def _first_of_body(blocks: tuple[Block, ...] | list[Block], title_at: int) -> int:
    """The index of the first paragraph of the text: the first long one, or whatever opens with a quotation
    or Dear.
    """
    for index, block in enumerate(blocks):
        if index <= title_at:
            continue
        text = block.text
        if text.startswith(("Dear ", "Whereas", "WHEREAS", "To Whom", "TO WHOM")):
            return index
        if _ISSUE_LABEL.match(text) or block.level or is_furniture(text):
            continue
        if len(text) >= LEAD or (len(text) >= 60 and (dateline_end(text) or begins_with_quote(text))):
            return _with_opening(blocks, index, title_at)
        if index > 120:
            break
    return min(title_at + 1, len(blocks))


def _with_opening(blocks: tuple[Block, ...] | list[Block], index: int, title_at: int) -> int:
    """Lines right above the first long paragraph that announce its speaker belong to the text."""
    while (
        index - 1 > title_at
        and blocks[index - 1].text.rstrip().endswith(":")
        and not is_furniture(blocks[index - 1].text)
    ):
        if _ISSUE_LABEL.match(blocks[index - 1].text) or len(blocks[index - 1].text) < 12:
            break
        index -= 1
    return index


def _without_boilerplate(body: list[Block]) -> list[Block]:
    """The body without an organisation's standing description of itself at its end."""
    kept = list(body)
    for _ in range(3):
        if len(kept) < 3 or not _describes_itself(kept[-1].text):
            break
        kept.pop()
    return kept


def _describes_itself(text: str) -> bool:
    if re.match(r"about\b.{0,80}$", text, re.IGNORECASE):
        return True
    return bool(_ABOUT_ITSELF.match(text)) and not re.search(r"[“\"”]", text)
