"""No container engine is at hand, so these read Dockerfile and docker-compose.yml and check what they name."""

import re
import shlex
import subprocess
import sys
from itertools import pairwise

import pytest
import yaml

from config.embedded import PROJECT
from tests.processes import environment

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMMANDS = [*(PROJECT / name for name in ("bills", "sponsors", "statements"))]
BUILT_IN = {"migrate", "collectstatic"}


def settings_read() -> set[str]:
    """The variables that the code reads from the environment."""
    files = [*(PROJECT / "config").glob("*.py")]
    found = set()
    for file in files:
        found |= set(re.findall(r'env\.(?:\w+)\(\s*"([A-Z_]+)"', file.read_text()))
        found |= set(re.findall(r'os\.environ\.get\("([A-Z_]+)"', file.read_text()))
    return found - {"PATH"}


def words_of(service: dict) -> list[str]:
    command = service.get("command", [])
    return (
        shlex.split(command)
        if isinstance(command, str)
        else [word for part in command for word in shlex.split(part)]
    )


def test_env_example_lists_exactly_what_is_read():
    listed = set(re.findall(r"^#? ?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.M))
    assert listed - {"POSTGRES_PASSWORD"} == settings_read()


def test_compose_has_the_five_services_and_each_long_running_one_is_watched_and_restarted():
    services = COMPOSE["services"]
    assert {"web", "worker", "beat", "postgres", "redis"} <= set(services)
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["healthcheck"]["test"], name


def test_compose_uses_named_volumes_that_it_declares():
    for name, service in COMPOSE["services"].items():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"], (name, volume)


def test_compose_holds_no_secret():
    text = (PROJECT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"\b{name}: (\S+)", text)) == {f"${{{name}:?set"}, name


def test_every_variable_compose_sets_is_one_the_settings_read():
    for name in ("web", "worker", "beat", "prepare"):
        assert set(COMPOSE["services"][name]["environment"]) <= settings_read()


def test_every_management_command_named_exists():
    named = set()
    for service in COMPOSE["services"].values():
        words = words_of(service)
        named |= {after for word, after in pairwise(words) if word == "manage.py"}
    named |= set(re.findall(r"python manage\.py (\w+)", DOCKERFILE))
    assert named >= {"migrate", "load_documents"}
    for command in named - BUILT_IN:
        assert any((app / "management" / "commands" / f"{command}.py").exists() for app in COMMANDS), command


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_programs_named_are_in_the_lock_and_modules_exist(service):
    program, *rest = words_of(COMPOSE["services"][service])
    assert re.search(rf"^{program}==", (PROJECT / "requirements.lock").read_text(), re.M)
    module = rest[0] if program == "gunicorn" else rest[rest.index("-A") + 1]
    assert (PROJECT / (module.replace(".", "/") + ".py")).exists() or (
        PROJECT / module / "celery.py"
    ).exists()


def test_the_worker_takes_the_queues_that_tasks_are_sent_to(settings):
    words = words_of(COMPOSE["services"]["worker"])
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    taken = set(words[words.index("-Q") + 1].split(","))
    assert taken == routed | {settings.CELERY_TASK_DEFAULT_QUEUE} == {"refresh", "mail"}


def test_every_file_the_dockerfile_copies_exists():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)
    assert len(copied) >= 8
    for line in copied:
        for path in line.split():
            assert (PROJECT / path).exists(), path


def test_the_image_holds_every_package_folder_the_code_imports():
    copied = set(" ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)).split())
    assert {path.parent.name for path in PROJECT.glob("*/apps.py")} | {
        "config",
        "templates",
        "static",
    } <= copied


def test_the_image_runs_as_a_user_without_rights_and_in_two_stages():
    assert len(re.findall(r"^FROM ", DOCKERFILE, re.M)) == 2
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.M)
    assert users
    assert users[-1] not in {"root", "0"}
    assert (
        f"useradd --system --uid 10001 --home-dir /srv/var --shell /usr/sbin/nologin {users[-1]}"
        in DOCKERFILE
    )


def test_the_health_address_answers_on_the_internets_settings_even_without_a_database(tmp_path):
    paths = re.findall(r"127\.0\.0\.1:8000(/\w+)", (PROJECT / "docker-compose.yml").read_text())
    assert paths
    ask = (
        "import django; django.setup(); from django.test import Client; "
        f"print([Client().get(path, HTTP_HOST='127.0.0.1:8000').status_code for path in {paths}])"
    )
    variables = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgres://passage:secret@127.0.0.1:9/passage",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "SECRET_KEY": "x" * 40,
        "SITE_URL": "https://passage.example.org",
        "ALLOWED_HOSTS": "passage.example.org",
    }
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=PROJECT,
        env=environment(tmp_path, **variables),
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str([200] * len(paths)), done.stderr
