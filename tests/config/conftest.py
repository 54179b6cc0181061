import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def open_folder():
    """A folder that every user may pass through, as a checkout usually is; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="passage-test-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
