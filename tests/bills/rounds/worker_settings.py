"""The site's settings for worker processes of tests, which ask a server on this machine and lose no time.

BROKER_URL is where the queue is, when it is to be another Redis than the one that REDIS_URL names.
"""

import json
import os

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_URL

SOURCE_MANNERS = {
    "connect_seconds": 2,
    "read_seconds": 60,  # a test holds answers back for as long as it needs
    "total_seconds": 60,
    "per_second": 100_000,
    "attempts": 1,
    "most_failures": 100_000,
    **json.loads(os.environ.get("SOURCE_MANNERS", "{}")),
}
REFRESH_RETRY_SECONDS = 1
CELERY_BROKER_URL = os.environ.get("BROKER_URL") or CELERY_BROKER_URL
