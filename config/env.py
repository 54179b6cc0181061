"""Strict readers of the environment: a malformed value stops start-up and names itself.

An unset or empty variable means its default. Values never appear in error messages, since some are secret.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    value = os.environ.get(name, "").strip()
    if any(not character.isprintable() for character in value):
        raise ImproperlyConfigured(f"{name} holds a character that cannot be printed.")
    return value or default


def boolean(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be true or false.")


def integer(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value[:12]) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def choices(name: str, allowed: list[str]) -> list[str]:
    """Words of `allowed`, separated by commas, each once; none by default."""
    chosen = words(name, [])
    if set(chosen) - set(allowed) or len(set(chosen)) < len(chosen):
        raise ImproperlyConfigured(f"{name} may hold each of {', '.join(allowed)} once, separated by commas.")
    return chosen


def web_address(name: str, default: str) -> str:
    """An http or https address without user name, query or trailing slash."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and parts.hostname and not (parts.username or parts.query)
        _ = parts.port
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must be an address such as https://example.org.")
    return value


def redis_address(name: str, default: str) -> str:
    value = text(name, default)
    if value.partition("://")[0] not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must begin with redis://, rediss:// or unix://.")
    return value


def database(name: str) -> dict[str, Any] | None:
    """Django's database settings from a postgres:// address; None where the variable is unset."""
    value = text(name)
    if not value:
        return None
    found = {}
    if value.startswith(("postgres://", "postgresql://")):
        try:
            found = environ.Env.db_url_config(value)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is not a database address.") from error
    if not found.get("NAME"):
        raise ImproperlyConfigured(f"{name} must be postgres://user:password@host:port/name.")
    return dict(found)


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_ settings from an address such as smtp+tls://user:password@host:587."""
    value = text(name, default)
    if value.partition("://")[0] not in environ.Env.EMAIL_SCHEMES:
        raise ImproperlyConfigured(
            f"{name} must begin with one of {', '.join(sorted(environ.Env.EMAIL_SCHEMES))}://."
        )
    try:
        return dict(environ.Env.email_url_config(value))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a mail server's address.") from error
