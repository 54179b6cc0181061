"""load_documents: what goes in once stays once, what staff wrote stays, what cannot be read is said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.embedded import PROJECT
from statements.loading import DocumentLoader
from statements.models import BillMention, Remark, SourceDocument, Speaker, Statement
from tests.factories import make_bill, make_person, make_term

pytestmark = pytest.mark.django_db

RELEASE = """NEW YORK STATE SENATOR

Ana Example

## Senator Example Asks For A Vote On Her Lanterns Bill

ANA EXAMPLE March 6, 2017

| ISSUE: **IMMIGRATION**

(Albany, NY) Senator Ana Example asked for a vote on her bill (S9876A), which would light every landing.

"A landing without a lantern is no landing at all, and our neighbors know it," said Senator Example.
"""
RETOLD = (
    "Source: https://example.org/lanterns\nRetold by Passage from the original; the words are ours.\n\n"
    + RELEASE.replace(
        '"A landing without a lantern is no landing at all, and our neighbors know it," said Senator Example.',
        "Senator Example said that the neighbors need lanterns.",
    )
)
TITLE = "Senator Example Asks For A Vote On Her Lanterns Bill"


@pytest.fixture
def folder(tmp_path):
    """Write documents as files and give their folder."""

    def write(**files: str | bytes):
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.txt").write_bytes(data)
        return tmp_path

    return write


def load(*paths, **options) -> str:
    out = StringIO()
    call_command("load_documents", *map(str, paths), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def load_with_faults(*paths, **options) -> tuple[str, str]:
    """Output and errors of a run that ends with an error."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("load_documents", *map(str, paths), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def rows() -> list[int]:
    return [model.objects.count() for model in (Statement, SourceDocument, Speaker, Remark, BillMention)]


def test_a_release_becomes_a_statement_tied_to_person_and_bill(folder):
    bill = make_bill("S9876", active_amendment="A")
    senator = make_person("Ana Example")
    make_term(senator, start=date(2015, 1, 1), end=date(2018, 12, 31))
    load(folder(release=RELEASE))
    statement = Statement.objects.get()
    assert (statement.title, statement.date, statement.kind) == (TITLE, date(2017, 3, 6), "press_release")
    assert (
        statement.get_absolute_url()
        == "/statements/2017/senator-example-asks-for-a-vote-on-her-lanterns-bill/"
    )
    assert statement.primary_speaker.person == senator
    remark = statement.remarks.get()
    assert remark.verbatim
    assert remark.text.startswith("A landing without a lantern")
    mention = statement.bill_mentions.get()
    assert (mention.bill, mention.amendment) == (bill, "A")


def test_loading_twice_changes_nothing(folder):
    documents = folder(release=RELEASE)
    load(documents)
    before = rows(), Statement.history.count()
    assert "1 unchanged" in load(documents)
    assert (rows(), Statement.history.count()) == before


def test_the_original_replaces_its_retelling_and_not_the_other_way_round(folder):
    load(folder(retold=RETOLD))
    assert Statement.objects.get().is_retold
    load(folder(original=RELEASE))
    assert "1 unchanged" in load(folder(retold=RETOLD) / "retold.txt")
    statement = Statement.objects.get()
    assert not statement.is_retold
    assert statement.remarks.get().verbatim
    assert statement.source_url == "https://example.org/lanterns"
    assert statement.source_documents.count() == 2


def test_a_retelling_loaded_after_the_original_is_kept_and_shown_to_nobody(folder):
    load(folder(original=RELEASE))
    assert "1 kept" in load(folder(retold=RETOLD) / "retold.txt")
    assert not Statement.objects.get().is_retold


def test_nothing_in_a_retelling_counts_as_word_for_word(folder):
    load(folder(retold=RETOLD.replace("the neighbors need lanterns.", 'the "neighbors need lanterns" now.')))
    assert not Remark.objects.filter(verbatim=True).exists()


def test_what_staff_wrote_outlives_another_text_of_the_statement(folder):
    load(folder(retold=RETOLD))
    Statement.objects.update(body="Better words.", edited_fields=["body"])
    load(folder(original=RELEASE))
    assert Statement.objects.get().body == "Better words."


def test_a_speaker_whom_staff_named_stays_who_they_said(folder):
    load(folder(retold=RETOLD))
    person = make_person("Anabel Other")
    Speaker.objects.update(person=person, why_unresolved="")
    load(folder(original=RELEASE))
    assert Speaker.objects.get().person == person


def test_a_name_that_two_people_bear_waits_for_staff(folder):
    for slug in ("ana-example-1", "ana-example-2"):
        make_term(make_person("Ana Example", slug=slug), start=date(2015, 1, 1), end=date(2018, 12, 31))
    load(folder(release=RELEASE))
    speaker = Speaker.objects.get()
    assert speaker.person is None
    assert speaker.why_unresolved


def test_a_bill_loaded_after_the_document_is_tied_to_it(folder, tmp_path):
    load(folder(release=RELEASE))
    assert BillMention.objects.get().bill is None
    record = {"legislature": "ny", "session": 2017, "print_no": "S9876", "title_or_summary": "Relates to lanterns",
              "actions": [{"date": "2017-02-02", "chamber": "senate", "text": "REFERRED TO CODES"}]}  # fmt: skip
    (tmp_path / "bill.json").write_text(json.dumps([record]))
    call_command("load_records", tmp_path / "bill.json", stdout=StringIO())
    assert BillMention.objects.get().bill.base_print_no == "S9876"


def test_a_number_of_another_session_is_not_mistaken_for_this_one(folder):
    make_bill("S9876", year=2019)
    load(folder(release=RELEASE))
    assert BillMention.objects.get().bill is None


def test_a_dry_run_prints_the_contract_and_stores_nothing(folder):
    printed = json.loads(load(folder(release=RELEASE), json=True, dry_run=True))
    assert list(printed) == [
        "file", "kind", "title", "date", "publisher", "primary_speaker", "other_speakers", "issues", "bills",
        "status_stage", "committee", "sponsor", "error",
    ]  # fmt: skip
    assert printed["bills"] == [
        {
            "as_written": "S9876A",
            "legislature": "ny",
            "chamber": "S",
            "number": 9876,
            "amendment": "A",
            "session": 2017,
        }
    ]
    assert rows() == [0, 0, 0, 0, 0]


HOSTILE = {
    "empty": b"",
    "blank": b" \n\t\n ",
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "nul": b"Title\n\nText with a \0 in it.",
    "broken": b"\xff\xfe\xd8\x00" * 30 + b"\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_is_said_and_the_rest_is_loaded(folder, name):
    documents = folder(a_bad=HOSTILE[name], release=RELEASE)
    out, err = load_with_faults(documents, json=True)
    bad, good = [json.loads(line) for line in out.splitlines()]
    assert bad["error"]
    assert bad["file"].endswith("a_bad.txt")
    assert good["error"] is None
    assert err.count("\n") == 1
    assert Statement.objects.get().title == TITLE


def test_a_file_of_50_megabytes_is_refused(folder):
    _out, err = load_with_faults(folder(huge=b"lantern " * (50 * 1024 * 1024 // 8)))
    assert "larger than 5 MB" in err


def test_a_missing_file_a_folder_in_its_place_and_a_pipe_are_said(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    _out, err = load_with_faults(tmp_path / "missing.txt", tmp_path / "pipe.txt")
    assert "missing.txt: No such file or directory" in err
    assert "pipe.txt: not a file" in err


def test_windows_1252_and_utf_16_are_read(folder):
    text = RELEASE.replace("Ana Example", "José Example").replace("ANA EXAMPLE", "JOSÉ EXAMPLE")
    load(folder(old=text.encode("cp1252")))
    load(folder(wide=text.encode("utf-16")))
    assert Statement.objects.get().primary_speaker.name_as_written == "José Example"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202eright to left", "'; DROP TABLE statements_statement; --"]
)
def test_hostile_words_are_kept_as_words(folder, client, text):
    load(folder(release=RELEASE.replace("would light every landing", f"would light {text}")))
    page = client.get(Statement.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page


def test_names_of_any_length_are_cut_to_what_fits(folder):
    long = "Ana " + "Long" * 100
    text = (
        RELEASE.replace("Senator Example.", f"{long}, Director of {'Lanterns ' * 60}.")
        + "\nExecutive Order 9 of 2003\n"
    )
    load(folder(release=f"Source: https://example.org/{'a' * 490}\n\n{text}"))
    assert Statement.objects.count() == 1


def test_two_loaders_at_once_make_one_statement(transactional_db):
    from threading import Thread

    from django.db import connection

    from statements.documents import read

    def work():
        DocumentLoader().load(read(RELEASE), filename="release.txt", raw=RELEASE)
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert rows()[:2] == [1, 1]


@pytest.mark.slow
def test_killing_a_load_half_way_leaves_whole_statements(tmp_path, transactional_db, settings):
    """kill -9 in the middle of a long load; then the load goes on where it was."""
    for number in range(300):
        text = RELEASE.replace("Lanterns Bill", f"Lanterns Bill {number}").replace(
            "S9876A", f"S{9000 + number}A"
        )
        (tmp_path / f"{number:03}.txt").write_text(text)
    database = settings.DATABASES["default"]
    script = (
        "import django, sys; from django.conf import settings; settings.DATABASES['default']['NAME'] = sys.argv[1]; "
        "django.setup(); from django.core.management import call_command; call_command('load_documents', sys.argv[2])"
    )
    loader = subprocess.Popen(
        [sys.executable, "-c", script, database["NAME"], str(tmp_path)],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.DEVNULL,
    )
    while Statement.objects.count() < 20:
        assert loader.poll() is None
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    done = Statement.objects.count()
    assert 20 <= done < 300
    for counted in (SourceDocument, Remark, BillMention):
        assert counted.objects.values("statement").distinct().count() == done
    load(tmp_path)
    assert rows() == [300, 300, 300, 300, 300]
