"""Django's PostgreSQL backend, which tells without a question whether a connection still stands.

Before each request Django asks the server `SELECT 1`, a fifth of what an answer to the poll costs. A server that ends
a connection, stopped or restarted or told to, says so on it: as long as nothing has come unasked for, it stands.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        if self.connection is not None and not self.connection.closed:
            waiting = select.poll()
            waiting.register(self.connection, select.POLLIN)
            if not waiting.poll(0):
                return True
        return super().is_usable()
