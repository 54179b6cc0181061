"""Pages that belong to no one app: the front page, promises, error pages, and what machines ask for."""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from bills.models import Bill
from bills.pages.overview import alive_by_step
from bills.poll import ANSWERS_WINDOW, COOKIE_AGE
from sponsors.addresses import absolute
from sponsors.limits import WINDOW_SECONDS
from statements.models import Statement

SHOWN_AT_HOME = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """/ : what this is, the search box, and what has moved."""
    today = timezone.localdate()
    published = Bill.objects.published()
    alive_steps = alive_by_step(published.alive_on(today))
    context = {
        "alive_steps": alive_steps,
        "alive_total": sum(step["number"] for step in alive_steps),
        "moved": published.for_cards().filter(last_action_on__lte=today).latest_first()[:SHOWN_AT_HOME],
        "living": published.for_cards().living_proposals(today)[:SHOWN_AT_HOME],
        "laws": published.for_cards().laws().order_by("-law_since", "-pk")[:SHOWN_AT_HOME],
        "statements": Statement.objects.published().for_cards().latest_first()[:4],
    }
    return render(request, "home.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"cookie_days": COOKIE_AGE.days, "limit_minutes": int(ANSWERS_WINDOW.total_seconds() // 60)}
    return render(request, "privacy.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that a slow database does not get it killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the database and Redis can be reached; 503 and which one where not."""
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    said = {name: "ok" if answers_now else "no answer" for name, answers_now in answers.items()}
    return JsonResponse(said, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        cache.get("readyz")
    except (RedisError, OSError):
        return False
    return True


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but what a crawler would only wear out."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('bills:go')}",
        f"Disallow: {reverse('search')}",
        "Disallow: /*/poll/",
        f"Disallow: {reverse('api:index')}",
        f"Disallow: {reverse('data')}*.gz",
        "Disallow: /*?",
        "Allow: /*?page=",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """For a network that asks for one list after the other, as crawlers do. Asks nothing of the database."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WINDOW_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database: it may be the reason for being here."""
    return render(request, "500.html", status=500)
