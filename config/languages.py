"""The languages of the public pages: which there are, and how an address says which one it is in.

`/bills/` is English and `/es/bills/` Spanish: nothing but the address decides, so that a page is the same for
whoever asks for it and no cookie is needed. The desk and the API have no prefix and speak English.

A language is added with one line of `LANGUAGES`, the folder `locale/<code>/`, and a reviewed catalogue in it
(CONTRIBUTING has the steps). Those of `IN_PREPARATION` are the others that New York State's language access law
names; EXTRA_LANGUAGES serves some of them on a translator's own site, with English words where theirs are missing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import trans_real
from django.utils.translation.trans_real import get_language_from_path

# Each request is answered by one thread, for which a variable of the thread is as good as asgiref's. A page asks three
# hundred times which language it is in, and asgiref's takes a tenth of the page's time to say so.
trans_real._active = threading.local()  # type: ignore[attr-defined]

DEFAULT = "en"
# Codes and the languages' own names, as the switch shows them.
LANGUAGES: list[tuple[str, str]] = [("en", "English"), ("es", "Español")]
IN_PREPARATION: list[tuple[str, str]] = [
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("fr", "Français"),
    ("ht", "Kreyòl ayisyen"),
    ("it", "Italiano"),
    ("ko", "한국어"),
    ("pl", "Polski"),
    ("ru", "Русский"),
    ("ur", "اردو"),
    ("yi", "ייִדיש"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
]
RIGHT_TO_LEFT: list[str] = ["ar", "ur", "yi"]
# Django knows neither of these two.
UNKNOWN_TO_DJANGO = {
    "ht": {"bidi": False, "code": "ht", "name": "Haitian Creole", "name_local": "Kreyòl ayisyen"},
    "yi": {"bidi": True, "code": "yi", "name": "Yiddish", "name_local": "ייִדיש"},
}


def served(extra: list[str]) -> list[tuple[str, str]]:
    """The languages of a site that also serves `extra`, codes of `IN_PREPARATION`. Raises KeyError for any other."""
    names = dict(IN_PREPARATION)
    LANG_INFO.update(UNKNOWN_TO_DJANGO)
    return LANGUAGES + [(code, names[code]) for code in extra]


@dataclass(frozen=True, slots=True)
class PageIn:
    """The page that is read, in one language. `address` has the query string; `path` has not."""

    code: str
    name: str
    path: str
    address: str
    is_current: bool


def language_of(path: str) -> str:
    """The language of an address: "/es/bills/" is "es", "/bills/" is "en"."""
    return get_language_from_path(path, strict=True) or DEFAULT


def path_in(path: str, code: str) -> str:
    """The same page in another language; `path` may be in any. Always a path: "//elsewhere/" would be a site."""
    current = language_of(path)
    bare = path if current == DEFAULT else path.removeprefix(f"/{current}")
    bare = f"/{bare.lstrip('/')}"
    return bare if code == DEFAULT else f"/{code}{bare}"


def context(request: HttpRequest) -> dict[str, object]:
    """For templates: `languages`, this page in every language; empty where there is but one."""
    return {"languages": SimpleLazyObject(lambda: pages_in_all(request))}


def pages_in_all(request: HttpRequest) -> list[PageIn]:
    if len(settings.LANGUAGES) < 2:
        return []
    current = language_of(request.path_info)
    query = request.META.get("QUERY_STRING", "")
    pages = []
    for code, name in settings.LANGUAGES:
        path = path_in(request.path_info, code)
        pages.append(PageIn(code, name, path, f"{path}?{query}" if query else path, code == current))
    return pages


def remember_words(code: str) -> None:
    """Let a language look each message up once. An English page asks for two hundred, and each would be looked for in
    the catalogue of every app before it is found to stand as it is written."""
    catalogue = trans_real.translation(code)
    if not hasattr(catalogue.gettext, "cache_info"):
        catalogue.gettext = lru_cache(maxsize=20_000)(catalogue.gettext)  # type: ignore[method-assign]


class LanguageOfAddress:
    """Middleware: the address decides about the language. `/en/bills/` leads to `/bills/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        for code, _name in settings.LANGUAGES:
            remember_words(code)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request.path_info)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            if response.status_code == 404 and request.path_info.startswith(f"/{DEFAULT}/"):
                bare = request.path_info.removeprefix(f"/{DEFAULT}")
                if is_valid_path(bare):
                    query = request.META.get("QUERY_STRING", "")
                    return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)
            response.headers.setdefault("Content-Language", code)
            return response
