"""Django's PostgreSQL backend, starting the private server before the first connection where none is configured.

Done here and not at start-up, so that a command which asks no question of the database starts none.
"""

from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        if settings.EMBEDDED_DATABASE:
            embedded.ensure()
        return super().get_new_connection(conn_params)
