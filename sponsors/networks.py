"""Telling networks apart without knowing them: what floods are counted by."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest, purpose: str) -> str:
    """A keyed hash of the visitor's network, a different one for each purpose: nobody can read the address back.

    An IPv6 household has a whole /64 to ask from, so that is what is counted.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # BEHIND_PROXY: ours appends the address it saw, as the last one
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    with suppress(ValueError):
        if ipaddress.ip_address(address).version == 6:
            address = str(ipaddress.ip_network(f"{address}/64", strict=False))
    said = f"{purpose} {address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:32]
