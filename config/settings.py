"""All settings. What differs between machines is read from the environment; `.env.example` lists every name.

With DATABASE_URL unset the site runs on a private PostgreSQL and Redis (config/embedded.py) and makes its own
SECRET_KEY; with it set, nothing is made up, and what is missing stops the start.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from jinja2 import Undefined

from config import embedded, env, languages, logs

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where we are

DEBUG = env.boolean("DEBUG", default=False)
SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{env.integer('PORT', 8000, least=1, most=65535)}")
IS_HTTPS = SITE_URL.startswith("https://")
# This machine's own names are always served: health checks ask by them.
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS", []), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# --- Database, cache, broker

_database = env.database("DATABASE_URL")
EMBEDDED_DATABASE = _database is None
DATABASES = {
    "default": {
        **(_database or embedded.database_settings()),
        "ENGINE": "config.postgresql",
        "CONN_MAX_AGE": 60,  # seconds
        "CONN_HEALTH_CHECKS": True,
        # Behind a pool that lends a connection for a transaction nothing may be left on it: no cursor, no statement.
        "DISABLE_SERVER_SIDE_CURSORS": env.boolean("DATABASE_POOLED", False),
    }
}
REDIS_URL = env.redis_address(
    "REDIS_URL", embedded.redis_url() if EMBEDDED_DATABASE else "redis://127.0.0.1:6379/0"
)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "passage",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},  # seconds
    }
}
# For how long a page that has not changed is kept; 0 makes every page anew.
PAGE_CACHE_SECONDS = env.integer("PAGE_CACHE_SECONDS", 600, least=0, most=86_400)
# Lists and searches of one network in a minute that were not kept; readers never come near.
LISTS_PER_MINUTE = env.integer("LISTS_PER_MINUTE", 300, least=1, most=1_000_000)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret_key() -> str:
    given = env.text("SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters.")
        return given
    if not EMBEDDED_DATABASE:
        raise ImproperlyConfigured("SECRET_KEY must be set where DATABASE_URL is.")
    kept = embedded.var() / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        made.rename(kept)
    return kept.read_text()


SECRET_KEY = _secret_key()

# --- Applications

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "simple_history",
    "sponsors",
    "bills",
    "statements",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.page_cache.PageCache",
    "config.policy.SteadyPolicy",
    "sponsors.api.middleware.PublicApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "config.templating.environment",
            "undefined": Undefined,
            "context_processors": ["config.languages.context"],
        },
    },
    # The desk's own.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Failed log-ins are counted per user name in the cache: no network address is stored.
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its tables stay empty
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks to count by network address too, which we promise not to keep

# --- Language and time

LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = languages.served(env.choices("EXTRA_LANGUAGES", [code for code, _ in languages.IN_PREPARATION]))
LANGUAGES_BIDI = languages.RIGHT_TO_LEFT
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"  # the legislatures' own clock, Congress's included

# --- Static files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(embedded.var() / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],  # the poll, which is the visitor's own, in a page that is everybody's
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: staff log in once a working day
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY", default=False) else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an admin page of a bill with 200 actions

# --- What others may take with them

API_REQUESTS_PER_MINUTE = env.integer("API_REQUESTS_PER_MINUTE", 120, least=1, most=100_000)  # of one network
BULK_FOLDER = Path(env.text("BULK_FOLDER", str(embedded.var() / "bulk")))

# --- Mail

vars().update(env.mail("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FROM_EMAIL", "passage@localhost")

# --- The legislatures' own systems

OPEN_LEGISLATION_URL = env.web_address("OPEN_LEGISLATION_URL", "https://legislation.nysenate.gov/api/3")
OPEN_LEGISLATION_KEY = env.text("OPEN_LEGISLATION_KEY")
LEGISTAR_URL = env.web_address("LEGISTAR_URL", "https://webapi.legistar.com/v1/nyc")
LEGISTAR_TOKEN = env.text("LEGISTAR_TOKEN")
CONGRESS_URL = env.web_address("CONGRESS_URL", "https://api.congress.gov/v3")
CONGRESS_API_KEY = env.text("CONGRESS_API_KEY")
# Changes to the politeness and patience of bills/providers/http.py (its `Manners`); tests wait less.
SOURCE_MANNERS: dict[str, Any] = {}
REFRESH_RETRY_SECONDS = 60  # before the first of a task's further tries; each waits twice as long
# Clones of the public mirrors, for legislatures whose key is not set; `git pull` keeps them up to date.
MIRRORS = env.words("MIRRORS", [])
MIRROR_PULL = env.boolean("MIRROR_PULL", default=True)
FOLLOW_EVERY_BILL = env.boolean("FOLLOW_EVERY_BILL", default=False)
RECORDS_FOLDER = Path(env.text("RECORDS_FOLDER", str(BASE_DIR / "bills" / "records")))

# --- Celery

CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240  # seconds
CELERY_TASK_TIME_LIMIT = 300
# Longer than the longest task, or Redis hands a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "global_keyprefix": "passage:",
    "socket_timeout": 30,
    "retry_on_timeout": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "refresh"
CELERY_TASK_ROUTES = {"bills.tasks.send_notices": {"queue": "mail"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "config.beat.SharedSchedule"
CELERY_BEAT_SCHEDULE = {
    # A round that finds nothing costs one request, and marks every bill as checked: hourly keeps the promise of six
    # hours even when some rounds fail. Not at the full hour, when everybody asks.
    "refresh-ny": {"task": "bills.tasks.refresh_legislature", "schedule": crontab(minute=7), "args": ["ny"]},
    "refresh-nyc": {
        "task": "bills.tasks.refresh_legislature",
        "schedule": crontab(minute=17),
        "args": ["nyc"],
    },
    "refresh-us": {"task": "bills.tasks.refresh_legislature", "schedule": crontab(minute=27), "args": ["us"]},
    # Every bill anew at night, when nobody else asks: it heals what the lists of changes leave out.
    "read-ny": {"task": "bills.tasks.read_anew", "schedule": crontab(minute=40, hour=1), "args": ["ny"]},
    "read-nyc": {"task": "bills.tasks.read_anew", "schedule": crontab(minute=40, hour=2), "args": ["nyc"]},
    "read-us": {"task": "bills.tasks.read_anew", "schedule": crontab(minute=40, hour=3), "args": ["us"]},
    # Nothing where no topic is new: its first candidates come within the hour, then the lists of changes bring more.
    "search-ny": {"task": "bills.tasks.search_topics", "schedule": crontab(minute=12), "args": ["ny"]},
    "search-nyc": {"task": "bills.tasks.search_topics", "schedule": crontab(minute=22), "args": ["nyc"]},
    "search-us": {"task": "bills.tasks.search_topics", "schedule": crontab(minute=32), "args": ["us"]},
    # Meetings are announced days ahead and moved at short notice. Congress's are not read.
    "meetings-ny": {
        "task": "bills.tasks.read_meetings",
        "schedule": crontab(minute=2, hour="*/3"),
        "args": ["ny"],
    },
    "meetings-nyc": {
        "task": "bills.tasks.read_meetings",
        "schedule": crontab(minute=47, hour="*/3"),
        "args": ["nyc"],
    },
    # Totals on Sundays, when no legislature adds to them.
    "count-ny": {
        "task": "bills.tasks.count_sources",
        "schedule": crontab(minute=10, hour=5, day_of_week="sun"),
        "args": ["ny"],
    },
    "count-nyc": {
        "task": "bills.tasks.count_sources",
        "schedule": crontab(minute=20, hour=5, day_of_week="sun"),
        "args": ["nyc"],
    },
    "count-us": {
        "task": "bills.tasks.count_sources",
        "schedule": crontab(minute=30, hour=5, day_of_week="sun"),
        "args": ["us"],
    },
    # After the night's readings, so that the files have what those found.
    "write-bulk-files": {
        "task": "statements.tasks.write_bulk_files",
        "schedule": crontab(minute=50, hour=4),
    },
    # What search reads is kept with every change; this heals what was forgotten, before anybody is up.
    "heal-search": {"task": "statements.tasks.heal_search", "schedule": crontab(minute=20, hour=4)},
    # Runs that a lost message or a killed worker left standing go on within minutes.
    "tend": {"task": "bills.tasks.tend", "schedule": crontab(minute="*/5")},
}

# --- Logs: short, structured, without keys or network addresses

LOGGING_CONFIG = None
logs.configure(level=env.text("LOG_LEVEL", "INFO"), readable=EMBEDDED_DATABASE)
