from __future__ import annotations

import pytest


@pytest.fixture
def reading_in_march_2026(time_machine):
    """Pages are read while New York's session of 2025-2026 runs and that of 2017-2018 is over."""
    time_machine.move_to("2026-03-10T12:00:00-04:00", tick=False)
