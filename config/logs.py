"""Structured logs on standard error, with secrets taken out before a line is written."""

from __future__ import annotations

import logging
import logging.config
import re
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR"}
SECRET = re.compile(r"(?i)\b(key|api_key|token|x-api-key|authorization)(=|:\s?|%3D)[^\s&\"']{1,300}")


def redact(text: str) -> str:
    """`text` with the value of every key, token or authorization taken out."""
    return SECRET.sub(r"\1\2[removed]", text)


def _redact_event(_logger, _method, event: dict) -> dict:
    return {name: redact(value) if isinstance(value, str) else value for name, value in event.items()}


def configure(*, level: str, readable: bool) -> None:
    """Send every logger to standard error: one JSON object a line, or lines for a person where `readable`."""
    if level not in LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL must be one of {', '.join(sorted(LEVELS))}.")
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        _redact_event,
    ]
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        _redact_event,
                        renderer,
                    ],
                    "foreign_pre_chain": [
                        *before[1:4],
                        structlog.stdlib.PositionalArgumentsFormatter(),
                        *before[4:],
                    ],
                }
            },
            "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["standard_error"], "level": level},
            "loggers": {
                "django.server": {"handlers": ["standard_error"], "level": "WARNING", "propagate": False},
                "httpx": {"level": "WARNING"},
                "httpcore": {"level": "WARNING"},
                "axes": {"level": "ERROR"},
            },
        }
    )
