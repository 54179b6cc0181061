"""For gunicorn: `gunicorn config.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# All of it is read before the first reader comes, and then left alone by the collector, which would look through it
# again and again for what a page left behind: a list makes thousands of objects, and a collection costs a millisecond.
get_resolver().url_patterns  # noqa: B018 (imports every view)
engines.all()
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
