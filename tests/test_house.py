"""The house keeps its shape: which part may import which, and who may open connections."""

from __future__ import annotations

import ast
import re

import pytest

from config.embedded import PROJECT

MAY_IMPORT = {
    "sponsors": {"sponsors"},
    "bills": {"bills", "sponsors"},
    "statements": {"statements", "bills", "sponsors"},
}
OURS = {*MAY_IMPORT, "config", "tests"}
PURE = ["bills/print_numbers", "bills/stages", "statements/documents"]
NETWORK = {"httpx", "requests", "urllib.request", "http.client", "socket", "aiohttp"}
# A file of ours, loaded after the page: that needs nothing inline.
OWN_SCRIPT = re.compile(r"<script src=\"\{\{ static\('[a-z_]+\.js'\) \}\}\" defer></script>")
ONLY_CONNECTION = PROJECT / "bills" / "providers" / "http.py"


def imports_of(path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def modules_below(folder: str) -> list:
    return [path for path in (PROJECT / folder).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_run_one_way(app):
    modules = modules_below(app)
    assert modules
    for path in modules:
        imported = {name.split(".")[0] for name in imports_of(path)} & OURS
        assert imported <= MAY_IMPORT[app], (path, imported)


@pytest.mark.parametrize("folder", PURE)
def test_pure_parts_know_neither_django_nor_the_network(folder):
    modules = modules_below(folder)
    assert modules
    for path in modules:
        imported = imports_of(path)
        assert not {name for name in imported if name.split(".")[0] == "django"}, path
        assert not imported & NETWORK, path


def test_one_module_opens_connections():
    openers = {
        path for app in MAY_IMPORT for path in modules_below(app) if imports_of(path) & (NETWORK - {"socket"})
    }
    assert openers == {ONLY_CONNECTION}


def test_whole_addresses_are_made_in_one_place_and_never_of_the_name_that_a_visitor_asked_by():
    for app in [*MAY_IMPORT, "config"]:
        for path in modules_below(app):
            assert "build_absolute_uri" not in path.read_text(), path
    for path in (PROJECT / "templates").rglob("*.*"):
        assert not re.search(r"build_absolute_uri|request\.get_host", path.read_text()), path


def test_templates_mark_nothing_safe_and_carry_no_script_or_style():
    templates = list((PROJECT / "templates").rglob("*.*"))
    assert templates
    for path in templates:
        text = path.read_text()
        text = OWN_SCRIPT.sub("", text)
        assert not re.search(r"\|\s*safe\b|autoescape|<script|<style|\son[a-z]+=|\sstyle=", text), path


def test_scripts_in_python_are_data_only():
    """JSON-LD is the one `<script>` that code writes, in one place, which escapes it."""
    writers = {
        path.relative_to(PROJECT).as_posix(): re.findall(r"<script[^>]*>", path.read_text())
        for app in [*MAY_IMPORT, "config"]
        for path in modules_below(app)
        if "<script" in re.sub(r'"""[\s\S]*?"""', "", path.read_text())
    }
    assert set(writers) == {"sponsors/linked_data.py"}
    assert set(writers["sponsors/linked_data.py"]) == {'<script type="application/ld+json">'}


def test_pages_name_no_other_host_for_anything_they_load():
    for path in [
        *(PROJECT / "templates").rglob("*.html"),
        *(PROJECT / "static").rglob("*.css"),
        *(PROJECT / "static").rglob("*.js"),
    ]:
        assert not re.search(
            r"https?://"
            if path.suffix == ".js"
            else r"(?:src|href)=[\"']https?://[^\"']*\.(?:css|js|png|svg|woff2?)|url\([\"']?https?:",
            path.read_text(),
        )


def test_documents_name_only_files_that_are_there():
    named = set()
    for document in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]:
        text = document.read_text()
        named |= {
            (document.name, path)
            for path in re.findall(
                r"\b(?:bills|sponsors|statements|config|tests|docs)/[\w/.-]*\.(?:py|md|png)\b", text
            )
        }
    assert len(named) > 20
    assert [path for path in sorted(named) if not (PROJECT / path[1]).exists()] == []
