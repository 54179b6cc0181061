"""The lock files name every package with its hashes and no registry, and agree with each other."""

import re

import pytest

from config.embedded import PROJECT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pinned(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (PROJECT / name).read_text(), re.M))


@pytest.mark.parametrize("name", LOCKS)
def test_no_registry_address_stands_in_a_lock(name):
    assert "://" not in (PROJECT / name).read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name):
    blocks = re.split(r"^(?=[a-z0-9])", (PROJECT / name).read_text(), flags=re.M)[1:]
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+==", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


def test_both_locks_pin_the_same_versions():
    running, developing = (pinned(name) for name in LOCKS)
    assert running.items() <= developing.items()
