"""What is taken away from a bill: its card for other sites, badge, picture, snippets, and oEmbed."""

from __future__ import annotations

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from bills.models import Bill
from bills.share import oembed
from bills.share.badge import badge
from bills.share.citation import citations
from bills.share.finding import address, bill_or_404, to_canonical
from bills.share.pictures import card_of
from bills.share.summary import steps_of, summary_of
from sponsors.addresses import absolute
from sponsors.pictures import Card, in_drawable_language, picture_of

KEPT_FOR = 10 * 60  # seconds, at others, of what shows a status
THEMES = frozenset({"light", "dark"})


# What the card's page needs, and not more: it runs no script, sends nothing, and stands in any site's frame.
CARD_POLICY = {"frame-ancestors": ["*"], "script-src": None, "connect-src": None, "form-action": [NONE]}


@require_safe
@xframe_options_exempt
@csp_replace(CARD_POLICY)  # type: ignore[arg-type]  # says that views take nothing but the request
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def embed(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../embed/ : the bill's status as a card that other sites show in a frame. `?theme=light` or `dark`."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "embed", bill):
        return elsewhere
    now = timezone.now()
    theme = request.GET.get("theme", "")
    rows = steps_of(bill, now=now)
    context = {
        "bill": bill,
        "summary": summary_of(bill, now=now),
        "steps": [step for row in rows for step in row.steps],
        "theme": theme if theme in THEMES else "",
        "page": absolute(bill.get_absolute_url()),
    }
    return render(request, "bills/embed.html", context)


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def badge_svg(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../badge.svg : the bill's status in one line. `?label=` stands before its number."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "badge", bill):
        return elsewhere
    drawn = badge(summary_of(bill, now=timezone.now()), request.GET.get("label", ""))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def picture(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../share.png : the picture that other sites show beside a link to the bill."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "picture", bill):
        return elsewhere
    with in_drawable_language():
        card = card_of(bill, now=timezone.now())
    return picture_of(request, card)


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # the card is shown as others will show it
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def share(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../share/ : what to copy to show, cite or follow a bill elsewhere."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "share", bill):
        return elsewhere
    now = timezone.now()
    summary = summary_of(bill, now=now)
    with translation.override("en"):
        cited = citations(summary_of(bill, now=now), today=timezone.localdate(now))
    context = {
        "bill": bill,
        "summary": summary,
        "page": absolute(bill.get_absolute_url()),
        "snippets": _snippets(bill),
        "card_width": oembed.WIDEST,
        "card_height": oembed.card_height(oembed.WIDEST),
        "citations": cited,
        "feed": absolute(address("bill-feed", bill)),
        "calendar": absolute(address("bill-calendar", bill)),
        "json": _json_address(bill),
    }
    return render(request, "bills/share.html", context)


def _snippets(bill: Bill) -> dict[str, str]:
    """What to paste, by kind."""
    page, picture = absolute(bill.get_absolute_url()), absolute(address("badge", bill))
    about = gettext("Where %(number)s stands") % {"number": bill.display_no}
    return {
        "link": page,
        "card": str(oembed.iframe(bill)),
        "badge_html": str(oembed.badge_html(page, picture, about)),
        "badge_markdown": f"[![{about}]({picture})]({page})",
    }


def _json_address(bill: Bill) -> str:
    """The bill in the public API, whose addresses have no language."""
    session = bill.session
    return absolute(f"/api/v1/bills/{session.legislature_id}/{session.year}/{bill.slug}")


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def embedding(request: HttpRequest) -> HttpResponse:
    """/oembed/?url=… : the card of the bill at an address, as oEmbed 1.0 has it."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return _refused(501, "This format is not served. Ask for format=json or format=xml.")
    url = request.GET.get("url", "")
    if not url or len(url) > oembed.LONGEST_ADDRESS:
        return _refused(400, "Give the address of a bill of this site as url=, percent-encoded.")
    limits = [_pixels(request.GET.get(name)) for name in ("maxwidth", "maxheight")]
    if -1 in limits:
        return _refused(400, "maxwidth and maxheight are whole numbers of pixels.")
    named = oembed.named_by(url, request)
    if named is None:
        return _refused(404, "There is no bill of this site at that address.")
    with translation.override(named.language):
        bill = bill_or_404(Bill.objects.for_sharing(), named.legislature, named.session_year, named.print_no)
        try:
            answer = oembed.described(bill, max_width=limits[0], max_height=limits[1], cache_age=KEPT_FOR)
        except ValueError:
            return _refused(
                404, f"The card needs {oembed.NARROWEST} by {oembed.card_height(oembed.NARROWEST)} pixels."
            )
    response = oembed.as_xml(answer) if form == "xml" else oembed.as_json(answer)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _pixels(text: str | None) -> int | None:
    """A number of pixels; None where none is given, -1 for anything else."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


def _refused(status: int, why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=status, content_type="text/plain; charset=utf-8")


@require_safe
def site_picture(request: HttpRequest) -> HttpResponse:
    """/share.png : the picture beside a link to any page that has none of its own."""
    with in_drawable_language():
        card = Card(
            heading=gettext("Where does the bill stand?"),
            line=gettext(
                "Where immigration bills stand in New York and in Congress, who carries them, and who has spoken."
            ),
            foot=gettext("A bill is not a law until it is enacted."),
        )
    return picture_of(request, card)
