"""What readers see is complete in every language that everybody gets, and `make messages` keeps it so."""

from __future__ import annotations

import ast

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation
from django.utils.translation import check_for_language, gettext, pgettext

from config import catalogues, languages

A_MESSAGE = "Is it law?"
WITH_A_PLACE = "Introduced on %(day)s"


@pytest.fixture(scope="module")
def found() -> Catalog:
    """What the code says now. Looking through all of it takes a second."""
    return catalogues.template()


@pytest.fixture
def folder(tmp_path, monkeypatch, found):
    """A copy of the Spanish catalogue in a folder of its own, which commands of the test then work on."""
    for name in ("django.po", "django.mo"):
        source = catalogues.po_path("es").with_name(name)
        target = tmp_path / "es" / "LC_MESSAGES" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "template", lambda: found)
    return tmp_path


def spoiled(change) -> None:
    catalogue = catalogues.read("es")
    change(catalogue)
    catalogues.write("es", catalogue)


@pytest.mark.parametrize("code", catalogues.translated())
def test_nothing_is_untranslated_unconfirmed_or_stale_and_no_place_or_tag_is_lost(code):
    assert catalogues.faults(code) == []


def test_spanish_is_demanded():
    assert "es" in catalogues.translated()


@pytest.mark.parametrize(
    ("message", "context"),
    [
        ("Which bill do you mean?", None),  # a template
        ("%(shown)s bill", None),  # a template, with its plural
        ("Our source does not say whether this is law.", None),  # Python
        ("Senate", "within a sentence"),  # Python, with a context
        ("In the %(committee)s since %(day)s", None),  # the pure stages
    ],
)
def test_messages_are_found_in_templates_python_and_the_pure_stages(found, message, context):
    assert found.get(message, context=context) is not None


def test_what_only_staff_read_is_not_for_translators(found):
    assert found.get("Publish selected statements") is None


def test_each_pure_message_is_found(found):
    from bills.stages.translating import messages

    assert [message for message in messages() if found.get(message) is None] == []


def test_what_translators_are_told_stands_beside_the_message(found):
    assert "Django's date filter" in " ".join(found.get("F j, Y", context="full date").auto_comments)


def test_an_update_drops_what_is_gone_and_guesses_nothing(folder):
    spoiled(lambda catalogue: catalogue.add("Is it law at all?", "¿De veras es ley?"))
    spoiled(lambda catalogue: catalogue.delete(A_MESSAGE))
    catalogue = catalogues.update("es")
    assert catalogue.get("Is it law at all?") is None
    assert not catalogue.get(A_MESSAGE).string, "the nearest message is not taken for it"
    assert not any(message.fuzzy for message in catalogue if message.id)


def test_an_update_that_changes_nothing_changes_no_byte(folder):
    before = {path: path.read_bytes() for path in folder.rglob("django.*")}
    catalogues.update("es")
    assert {path: path.read_bytes() for path in folder.rglob("django.*")} == before


def test_a_line_of_a_translation_that_looks_like_a_field_of_the_head_is_kept(folder):
    long = f"{'palabra ' * 13}Asamblea: %(day)s"
    spoiled(lambda catalogue: setattr(catalogue.get(WITH_A_PLACE), "string", long))
    assert '"Asamblea: %(day)s"' in catalogues.po_path("es").read_text()
    assert catalogues.read("es").get(WITH_A_PLACE).string == long


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda one: one.delete(A_MESSAGE), f"es: missing: {A_MESSAGE!r}"),
        (lambda one: setattr(one.get(A_MESSAGE), "string", ""), f"es: untranslated: {A_MESSAGE!r}"),
        (lambda one: one.get(A_MESSAGE).flags.add("fuzzy"), f"es: not confirmed: {A_MESSAGE!r}"),
        (
            lambda one: setattr(one.get(WITH_A_PLACE), "string", "Presentado"),
            f"es: %(day)s differ: {WITH_A_PLACE!r}",
        ),
        (
            lambda one: setattr(one.get(A_MESSAGE), "string", "¿<b>Ya</b> es ley?"),
            f"es: </b>, <b> differ: {A_MESSAGE!r}",
        ),
        (
            lambda one: setattr(one.get("%(shown)s bill"), "string", ("%(shown)s proyecto", "")),
            "es: untranslated: '%(shown)s bill'",
        ),
        (lambda one: one.add("Gone", "Ido"), "es: no longer used: 'Gone'"),
    ],
    ids=["missing", "untranslated", "unconfirmed", "place lost", "tag invented", "plural missing", "stale"],
)
def test_the_check_tells_each_fault_and_fails(folder, capsys, spoil, told):
    spoiled(spoil)
    assert catalogues.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [told]


def test_the_check_tells_of_a_catalogue_that_was_not_compiled(folder, capsys):
    path = catalogues.po_path("es")
    path.write_text(path.read_text().replace("¿Es ley?", "¿Ya es ley?"))
    assert catalogues.main(["--check"]) == 1
    assert capsys.readouterr().out == "es: the compiled catalogue is stale: make messages\n"


def test_the_check_says_nothing_of_a_sound_catalogue(folder, capsys):
    assert catalogues.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_language_is_begun_with_every_message_and_nothing_is_demanded_of_it(folder, capsys):
    catalogues.write("ht", Catalog(locale="ht"))
    assert catalogues.begun() == ["es"]
    assert catalogues.main(["--new", "ht"]) == 0
    assert "ht: " in capsys.readouterr().out
    assert catalogues.read("ht").get(A_MESSAGE).string == ""
    assert catalogues.begun() == ["es", "ht"]
    assert catalogues.main(["--check"]) == 0


@pytest.mark.parametrize("code", [code for code, _name in languages.LANGUAGES + languages.IN_PREPARATION])
def test_django_finds_a_catalogue_of_every_language_that_can_be_served(code):
    assert check_for_language(code)
    if code != languages.DEFAULT:
        assert catalogues.po_path(code).with_suffix(".mo").read_bytes() == catalogues.compiled(
            catalogues.read(code)
        )


def test_pages_speak_the_compiled_words():
    with translation.override("es"):
        assert gettext("This is not law.") == "Esto no es ley."
        assert pgettext("within a sentence", "Senate") == "el Senado"


def test_no_message_stands_where_babel_does_not_look():
    """It reads no message inside an f-string, and nobody would translate it."""
    for app in catalogues.APPS:
        for path in (catalogues.PROJECT / app).rglob("*.py"):
            for text in (
                one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.JoinedStr)
            ):
                said = [ast.unparse(call.func) for call in ast.walk(text) if isinstance(call, ast.Call)]
                assert not set(said) & set(catalogues.KEYWORDS), (path, text.lineno)
