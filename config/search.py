"""The search page and what is offered while somebody types. Here because it looks into every app.

/search/?q=dream+act            bills, people, issues and statements, grouped
/search/suggest/?q=dre          a piece of HTML: at most eight of them
/search/feed.atom?q=dream+act   bills and statements, the newest of them
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from bills.filters import BillFilter
from bills.forms import GoForm
from bills.models import Bill, Issue
from bills.pages.bill_list import newest_bills
from bills.pages.search_box import choices_for
from bills.search.finding import bills_beginning, find_bills
from bills.search.issues import find_issues, issues_beginning
from bills.share.feeds import KEPT_FOR
from sponsors.addresses import tag
from sponsors.atom import feed
from sponsors.models import Person
from sponsors.prepared import in_step
from sponsors.search.grammar import plain_words, read_words
from sponsors.search.people import find_people, people_beginning
from sponsors.search.text import being_typed, put
from statements.filters import StatementFilter
from statements.lists import newest_statements
from statements.models import Statement
from statements.search.finding import find_statements, statements_beginning
from statements.search.vocabulary import did_you_mean

SHOWN = 6  # of each group
FEW = 3  # finds: below that a word may be misspelt
SUGGESTED = {"bills": 4, "people": 3, "issues": 2, "statements": 3}
MOST_SUGGESTED = 8
FEWEST_TYPED = 2  # characters


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/search/ : whatever these words mean; a print number leads on to its bill."""
    form = GoForm(request.GET)
    if not form.is_valid():
        return render(request, "search.html", {"errors": form.errors["q"]}, status=400)
    query = form.cleaned_data["q"]
    if not query:
        return render(request, "search.html", {})
    if choices_for(query):
        return HttpResponseRedirect(reverse("bills:go", query={"q": query}))
    asked = read_words(query)
    question = put(asked)
    bills, people, issues, statements = in_step(
        find_bills(question, shown=SHOWN),
        find_people(asked, shown=SHOWN),
        find_issues(question, shown=SHOWN),
        find_statements(question, shown=SHOWN),
    )
    total = bills.total + people.total + len(issues) + statements.total
    context: dict[str, Any] = {
        "query": query,
        "feed": reverse("search-feed", query={"q": query}),
        "asks_for_something": bool(asked),
        "bills": bills,
        "people": people,
        "issues": issues,
        "statements": statements,
        "total": total,
    }
    if asked and total < FEW:
        context["meant"] = did_you_mean(query)
    return render(request, "search.html", context)


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def search_feed(request: HttpRequest) -> HttpResponse:
    """/search/feed.atom : the newest fifty of the bills and statements that have these words, whatever else is sent."""
    form = GoForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    if not query:
        reasons = map(str, form.errors.get("q") or [gettext("Say what to look for, as in ?q=dream+act")])
        return HttpResponse("\n".join(reasons) + "\n", status=400, content_type="text/plain; charset=utf-8")
    words = QueryDict(urlencode({"q": query}))
    bills = BillFilter(words, queryset=Bill.objects.published())
    statements = StatementFilter(words, queryset=Statement.objects.published())
    return feed(
        key=tag("search", words.urlencode()),
        title=gettext("Search for %(query)s") % {"query": query},
        subtitle=gettext("Bills and statements with these words, the newest first"),
        path=reverse("search", query=words),
        feed_path=reverse("search-feed", query=words),
        entries=[*newest_bills(bills), *newest_statements(statements)],
    )


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is offered, at most MOST_SUGGESTED in all."""

    bills: list[Bill]
    people: list[Person]
    issues: list[Issue]
    statements: list[Statement]

    @property
    def total(self) -> int:
        return len(self.bills) + len(self.people) + len(self.issues) + len(self.statements)


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> HttpResponse:
    """/search/suggest/ : what these letters may become, as options of a list box."""
    form = GoForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=400)
    query = form.cleaned_data["q"]
    return render(request, "_suggestions.html", {"suggestions": _suggestions(query)})


def _suggestions(query: str) -> Suggestions:
    if len("".join(plain_words(query))) < FEWEST_TYPED:
        return Suggestions([], [], [], [])
    numbered = [bill for choice in choices_for(query) for bill in choice.bills]
    if numbered:
        return Suggestions(numbered[:MOST_SUGGESTED], [], [], [])
    # Each group gets its share; what people, issues and statements leave free goes to bills.
    typed = being_typed(query)
    people = people_beginning(query, most=SUGGESTED["people"])
    issues = issues_beginning(typed, most=SUGGESTED["issues"])
    statements = statements_beginning(typed, most=SUGGESTED["statements"])
    bills = bills_beginning(typed, most=MOST_SUGGESTED)
    free_for_bills = MOST_SUGGESTED - len(people) - len(issues) - len(statements)
    bills = bills[: max(SUGGESTED["bills"], free_for_bills)]
    free = MOST_SUGGESTED - len(bills)
    people, free = people[:free], free - len(people[:free])
    issues, free = issues[:free], free - len(issues[:free])
    return Suggestions(bills, people, issues, statements[:free])
