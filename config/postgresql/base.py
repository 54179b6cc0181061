"""Django's PostgreSQL backend with two changes, both for time.

A connection tells without a question whether it still stands. Before each request Django asks the server `SELECT 1`, a
fifth of what an answer to the poll costs. A server that ends a connection, stopped or restarted or told to, says so on
it: as long as nothing has come unasked for, it stands.

And what is prepared is planned once. The questions of `sponsors.prepared` are made so that one plan is good for all
values; a server that is left to choose plans some of them anew each time, for as long as the answer takes it. Behind a
pool nothing is prepared, and nothing may be left on a connection.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def init_connection_state(self) -> None:
        super().init_connection_state()
        if not self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            with self.connection.cursor() as cursor:
                cursor.execute("SET plan_cache_mode TO force_generic_plan")

    def is_usable(self) -> bool:
        if self.connection is not None and not self.connection.closed:
            waiting = select.poll()
            waiting.register(self.connection, select.POLLIN)
            if not waiting.poll(0):
                return True
        return super().is_usable()
