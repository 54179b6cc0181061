"""The site's own settings, but with the benchmark's database and its three ceilings among the addresses.

Only the web server that is measured over HTTP reads them; it runs as in production otherwise.
"""

from benchmarks.database import NAME
from config.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = NAME  # noqa: F405
ROOT_URLCONF = "benchmarks.urls"
# Answers to the poll come from as many networks as readers would have.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
