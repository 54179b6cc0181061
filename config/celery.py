"""The Celery application: `celery -A config worker -Q refresh,mail` and `celery -A config beat`."""

import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("passage")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def _keep_our_logging(**_kwargs) -> None:
    """Celery leaves logging alone when this signal has a receiver; config/logs.py has set it up."""
