"""One number in any spelling, each legislature's own forms, and the search box."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bills.print_numbers import PrintNumber, parse_print_no, read_query, session_of_year

NEW_YORK = [PrintNumber("ny", letter, 4075) for letter in "SAJKBCREL"]


def of(text, **context):
    number = parse_print_no(text, **context)
    return number.legislature, number.print_no, number.session


# --- New York ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "S4075A",
        "s4075a",
        "S4075-A",
        "S-4075-A",
        "S.4075-A",
        "S. 4075-A",
        "S 4075 A",
        "S.4075--A",
        "S04075A",
        "s.04075-a",
        "S#4075A",
        "S. No. 4075-A",
        "Senate Bill S4075A",
        "senate bill 4075-a",
        "Senate bill number 4075-A",
        "New York State Senate Bill S.4075-A",
        "Bill No. S.4075-A",
        "BILL NOS04075A",
        "BILL NO | S04075A |",
        "BILL NUMBER:  S4075A",
        "bill S4075A",
        "(S4075A)",
        "“S4075A”,",
        "#S4075A",
        "  S4075A\n",
        "S.\u00a04075\u2011A",
        "S4075\u2013A",
        "Ｓ４０７５Ａ",
        "S\u200b4075A",
        "\u202aS4075A\u202c",
    ],
)
def test_every_spelling_of_one_print_is_the_same_number(text):
    assert parse_print_no(text) == PrintNumber("ny", "S", 4075, "A")


@pytest.mark.parametrize(
    "text",
    [
        "2017-S4075",
        "2017/S4075",
        "2017 S4075",
        "2017-2018: S4075",
        "S4075-2017",
        "S4075/2017",
        "S4075 2017",
        "S4075 (2017)",
        "S4075 of 2017",
        "S4075 | 2017-2018",
        "S4075-2017-2018",
        "S4075 (2017-18)",
        "2018-S4075",
        "Senate Bill 4075 of 2018",
    ],
)
def test_the_year_is_cut_off_before_the_digits_are_glued(text):
    assert of(text) == ("ny", "S4075", 2017)


@pytest.mark.parametrize("text", ["S40752017", "2017S4075", "S4075-2017-2031", "S4075-2019-2017"])
def test_a_year_glued_without_a_separator_or_out_of_order_is_refused(text):
    with pytest.raises(ValueError, match="no bill number"):
        parse_print_no(text)


@pytest.mark.parametrize("letter", "SAJKBCREL")
def test_every_designator_of_new_york_is_read(letter):
    assert of(f"{letter}04075") == ("ny", f"{letter}4075", None)
    assert of(f"2017-{letter.lower()}7") == ("ny", f"{letter}7", 2017)


def test_the_chamber_comes_from_the_designator():
    chambers = {number.designator: number.chamber for number in NEW_YORK}
    assert chambers == dict.fromkeys("SJBR", "senate") | dict.fromkeys("AKCEL", "assembly")
    assert {number.designator for number in NEW_YORK if number.is_resolution} == set("JKBCREL")


@pytest.mark.parametrize(
    ("text", "print_no"),
    [
        ("Assembly Bill 2328", "A2328"),
        ("assembly 2328-a", "A2328A"),
        ("Senate Resolution J123", "J123"),
        ("Senate Resolution 123", "J123"),
        ("Assembly Resolution No. 523", "K523"),
        ("Legislative Resolution K1234", "K1234"),
    ],
)
def test_the_words_before_bare_digits_stand_for_the_designator(text, print_no):
    assert of(text) == ("ny", print_no, None)


def test_the_session_is_the_texts_own_then_the_one_given():
    assert of("S4075", session=2018) == ("ny", "S4075", 2017)
    assert of("S4075-2019", session=2017) == ("ny", "S4075", 2019)
    assert of("S4075", session=None) == ("ny", "S4075", None)


# --- the Council ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Int 0486-2014",
        "int 486-2014",
        "Int. No. 486-2014",
        "Int. #486-2014",
        "Int. 486/2014",
        "Int. No. 486.2014",
        "Intro 486-2014",
        "Intro. No. 486 of 2014",
        "Introduction 486 (2014)",
        "Introductory number 486-2014",
        "Proposed Int. No. 486-2014",
        "New York City Council Int 486-2014",
        "Int. № 486-2014",
        "File #: Int 0486-2014",
    ],
)
def test_an_introduction_is_read_in_every_spelling(text):
    number = parse_print_no(text)
    assert (number.legislature, number.base_print_no) == ("nyc", "INT 0486")
    assert (number.year, number.session, number.display) == (2014, 2014, "Int 0486-2014")


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("Int. No. 1568-A", "Int 1568-A"),
        ("Int 0349-1998-A", "Int 0349-1998-A"),
        ("Res 1236", "Res 1236"),
        ("Res. No. 56-A", "Res 0056-A"),
        ("Reso 1648", "Res 1648"),
        ("Resolution 1648-2021", "Res 1648-2021"),
        ("T2025-2970", "T2025-2970"),
        ("t-2025-2970", "T2025-2970"),
        ("T 2970", "T 2970"),
    ],
)
def test_the_council_is_written_in_its_own_form(text, display):
    assert parse_print_no(text).display == display


def test_a_council_file_is_keyed_without_its_year():
    number = parse_print_no("Res 0486-2016-A")
    assert (number.base_print_no, number.print_no, number.slug) == ("RES 0486", "RES 0486A", "res-486")
    assert (number.session, number.year, number.chamber, number.is_resolution) == (
        2014,
        2016,
        "council",
        True,
    )


def test_a_file_number_without_its_word_is_the_councils_only_where_that_is_known():
    assert parse_print_no("1568-2017", legislature="nyc").display == "Int 1568-2017"
    with pytest.raises(ValueError, match="no bill number"):
        parse_print_no("1568-2017")


# --- Congress ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "H.R. 6 (117th)",
        "H.R. 6 (117th Congress)",
        "H.R. 6 of the 117th Congress",
        "117th Congress H.R. 6",
        "117-HR6",
        "117/hr6",
        "HR6-117",
        "HR6-2021",
        "H.R. 6 of 2022",
        "House Bill H.R. 6, 117th Congress",
    ],
)
def test_a_bill_of_congress_is_read_with_its_congress(text):
    assert of(text) == ("us", "HR6", 117)


@pytest.mark.parametrize(
    ("text", "key", "display", "chamber", "is_resolution"),
    [
        ("h.r. 6", "HR6", "H.R. 6", "house", False),
        ("H. R. 6", "HR6", "H.R. 6", "house", False),
        ("house bill 6", "HR6", "H.R. 6", "house", False),
        ("H.Res. 12", "HRES12", "H.Res. 12", "house", True),
        ("House Resolution (H. Res.) 12", "HRES12", "H.Res. 12", "house", True),
        ("S. Res. 12", "SRES12", "S.Res. 12", "senate", True),
        ("H. J. Res. 3", "HJRES3", "H.J.Res. 3", "house", False),
        ("Senate Joint Resolution 3", "SJRES3", "S.J.Res. 3", "senate", False),
        ("hconres4", "HCONRES4", "H.Con.Res. 4", "house", True),
        ("S.Con.Res. 4", "SCONRES4", "S.Con.Res. 4", "senate", True),
    ],
)
def test_every_kind_of_congress_is_read_and_written(text, key, display, chamber, is_resolution):
    number = parse_print_no(text)
    assert (number.legislature, number.base_print_no, number.display) == ("us", key, display)
    assert (number.slug, number.chamber, number.is_resolution) == (key.lower(), chamber, is_resolution)


def test_a_bare_s_is_new_yorks_unless_something_says_congress():
    assert of("S. 744") == ("ny", "S744", None)
    assert of("S. 744", legislature="us") == ("us", "S744", None)
    assert of("S. 744", legislature="us", session=113) == ("us", "S744", 113)
    assert of("S744-113") == of("113-S744") == of("S. 744 of the 113th Congress") == ("us", "S744", 113)
    assert of("U.S. Senate bill S. 744") == ("us", "S744", None)
    assert of("Senate Resolution 12", legislature="us") == ("us", "SRES12", None)


# --- what is no number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "S",
        "4075",
        "S0",
        "S0000",
        "S123456",
        "S-Comm",
        "I-130",
        "N-400",
        "$250,000",
        "Executive Order 34",
        "Executive Order №34",
        "518-455-2795",
        "A 2020 study",
        "L.I.",
        "Title 8",
        "Section 287(g)",
        "287(g)",
        "LS# 9714, 9725",
        "SB 54",
        "Local Law 228",
        "2017",
        "S٤٠٧٥",
        "S4075²7",
        "S4075\x00",
        "<b>S4075</b>",
        "H.R. 6A",
        "T2025-2970-A",
        "Int 5-1890",
        "S4075A/A3049",
        "S3076, A2328",
        "x" * 50,
    ],
)
def test_what_is_no_single_number_is_refused(text):
    with pytest.raises(ValueError, match=r"no bill number|more than one bill"):
        parse_print_no(text)


def test_a_refusal_says_what_was_read_and_what_was_expected():
    with pytest.raises(ValueError, match=r"“I-130” is no bill number; expected one such as S4075A\."):
        parse_print_no("I-130")
    with pytest.raises(
        ValueError, match=r"“S3076/A2328” names more than one bill; expected one, such as S4075A\."
    ):
        parse_print_no("S3076/A2328")
    with pytest.raises(ValueError, match=r"expected one such as H\.R\. 6"):
        parse_print_no("A2328", legislature="us")
    with pytest.raises(ValueError, match="An empty text is no bill number"):
        parse_print_no("")


def test_a_very_long_text_is_refused_and_not_repeated():
    with pytest.raises(ValueError, match="too long for a bill number") as refusal:
        parse_print_no("S4075 " * 10_000)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize("value", [None, 4075, b"S4075", ["S4075"]])
def test_another_type_than_text_is_refused(value):
    with pytest.raises(ValueError, match="read from text"):
        parse_print_no(value)


def test_a_number_of_another_legislature_than_the_one_given_is_refused():
    for text, legislature in [("H.R. 6", "ny"), ("S4075A", "us"), ("Int 486", "ny"), ("U.S. S. 744", "ny")]:
        with pytest.raises(ValueError, match="no bill number"):
            parse_print_no(text, legislature=legislature)
    with pytest.raises(ValueError, match="'nj' is no legislature"):
        parse_print_no("S4075", legislature="nj")


@pytest.mark.parametrize(
    "parts",
    [
        ("nj", "S", 1),
        ("ny", "HR", 1),
        ("ny", "s", 1),
        ("ny", "S", 0),
        ("ny", "S", 100_000),
        ("ny", "S", True),
        ("ny", "S", 1, "a"),
        ("ny", "S", 1, "AB"),
        ("ny", "S", 1, "", 2018),
        ("ny", "S", 1, "", None, 2017),
        ("us", "HR", 6, "A"),
        ("nyc", "T", 6, "A"),
        ("nyc", "Int", 6, "", 2018, 2017),
        ("nyc", "Int", 6, "", None, 1890),
    ],
)
def test_a_print_number_cannot_be_made_of_parts_that_do_not_fit(parts):
    with pytest.raises(ValueError):
        PrintNumber(*parts)


def test_print_numbers_sort_also_where_a_session_is_missing():
    early, late = PrintNumber("ny", "S", 9, session=2017), PrintNumber("ny", "S", 9, session=2019)
    unknown = PrintNumber("ny", "S", 9)
    assert sorted([late, early, unknown]) == [unknown, early, late]
    assert PrintNumber("ny", "S", 9) < PrintNumber("ny", "S", 10) < PrintNumber("us", "HR", 1)
    assert len({unknown, PrintNumber("ny", "S", 9), early}) == 2


# --- round trips ------------------------------------------------------------------------------------

years = st.integers(1994, 2099)
letters = st.sampled_from(["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
numbers = st.integers(1, 99_999)


@st.composite
def print_numbers(draw):
    legislature = draw(st.sampled_from(["ny", "nyc", "us"]))
    number = draw(numbers)
    session = draw(st.none() | years.map(lambda year: session_of_year(legislature, year)))
    if legislature == "ny":
        return PrintNumber("ny", draw(st.sampled_from("SAJKBCREL")), number, draw(letters), session)
    if legislature == "us":
        codes = ["HR", "S", "HRes", "SRes", "HJRes", "SJRes", "HConRes", "SConRes"]
        return PrintNumber("us", draw(st.sampled_from(codes)), number, session=session)
    code = draw(st.sampled_from(["Int", "Res", "T"]))
    amendment = "" if code == "T" else draw(letters)
    year = draw(st.none() | years)
    return PrintNumber(
        "nyc", code, number, amendment, session_of_year("nyc", year) if year else session, year
    )


def bare(number, **changes):
    parts = {"amendment": number.amendment, "session": None, "year": None} | changes
    return PrintNumber(number.legislature, number.designator, number.number, **parts)


@given(print_numbers())
def test_what_we_write_we_read(number):
    legislature = number.legislature
    assert parse_print_no(number.print_no, legislature=legislature) == bare(number)
    assert parse_print_no(number.base_print_no, legislature=legislature) == bare(number, amendment="")
    assert parse_print_no(number.slug, legislature=legislature) == bare(number, amendment="")
    session = session_of_year("nyc", number.year) if number.year else None
    assert parse_print_no(number.display, legislature=legislature) == bare(
        number, session=session, year=number.year
    )


@given(print_numbers())
def test_what_we_write_needs_no_legislature_but_for_the_shared_letter(number):
    if (number.legislature, number.designator) != ("us", "S"):
        assert parse_print_no(number.print_no) == bare(number)


@given(print_numbers().filter(lambda number: number.session))
def test_the_session_given_goes_through(number):
    read = parse_print_no(number.base_print_no, legislature=number.legislature, session=number.session)
    assert (read.base_print_no, read.session) == (number.base_print_no, number.session)


@given(
    st.sampled_from("SAJKBCREL"),
    numbers,
    letters,
    st.sampled_from(["", ".", ". ", " ", "-", "#"]),
    st.sampled_from(["", "-", " ", "--"]),
    st.sampled_from([4, 5, 6]),
    st.sampled_from(["{}", "2017-{}", "{}-2018", "{} (2017)", "bill {}", "({})"]),
    st.booleans(),
)
def test_any_mixture_of_the_spellings_is_the_same_number(
    letter, number, amendment, gap, amendment_gap, width, frame, is_lower
):
    text = frame.format(f"{letter}{gap}{number:0{width}d}{amendment_gap if amendment else ''}{amendment}")
    session = 2017 if "201" in frame else None
    read = parse_print_no(text.lower() if is_lower else text)
    assert read == PrintNumber("ny", letter, number, amendment, session)


@given(st.text(max_size=120))
@example("S" * 99)
@example("senate " * 14)
@example("2017-" * 19)
@example("H. J. R" * 14)
def test_any_text_is_a_number_or_is_refused_in_one_sentence(text):
    refusal = ""
    try:
        number = parse_print_no(text)
    except ValueError as error:
        refusal = str(error)
    if refusal:
        assert refusal.endswith(".")
        assert len(refusal) < 150
    else:
        assert parse_print_no(number.print_no, legislature=number.legislature) == bare(number)


# --- the search box ---------------------------------------------------------------------------------


def answers(query):
    return [number.display for number in read_query(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("S4075", ["S4075"]),
        ("s.04075-a", ["S4075A"]),
        ("S.03076-A/A.02328-A", ["S3076A", "A2328A"]),
        ("S3076A, A2328A", ["S3076A", "A2328A"]),
        ("s3076 and a2328", ["S3076", "A2328"]),
        ("S3076 A2328", ["S3076", "A2328"]),
        ("s 3076 a 2328", ["S3076", "A2328"]),
        ("S3076 (Rivera) / A2328 (Cruz)", ["S3076", "A2328"]),
        ("bill s.04075-A please", ["S4075A"]),
        ("What is the status of S4075?", ["S4075"]),
        ("senate bill 4075", ["S4075"]),
        ("assembly 2328", ["A2328"]),
        ("s4075 dignity act", ["S4075"]),
        ("S4075, s.4075", ["S4075"]),
        ("H.R. 6", ["H.R. 6"]),
        ("hr 6", ["H.R. 6"]),
        ("us s744", ["S. 744"]),
        ("intro 1568", ["Int 1568"]),
        ("Int 1568-2017", ["Int 1568-2017"]),
        ("please find s 4075", ["S4075"]),
        ("k123", ["K123"]),
        ("resolution J1", ["J1"]),
        ("2017-J1", ["J1"]),
        ("https://www.nysenate.gov/legislation/bills/2017/S4075/amendment/A", ["S4075A"]),
        ("https://nyassembly.gov/leg/?default_fld=&bn=S04075&term=2017&Summary=Y", ["S4075"]),
        ("https://www.congress.gov/bill/117th-congress/house-bill/6?s=1", ["H.R. 6"]),
        ("https://intro.nyc/1568-2017", ["Int 1568-2017"]),
    ],
)
def test_a_search_for_a_number_names_the_bills(query, expected):
    assert answers(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "4075",
        "2020 dream act",
        "a 2020 study of courts",
        "new york for all act",
        "status of New York for All",
        "S-Comm",
        "I-130",
        "J-1",
        "k1 visa",
        "287(g)",
        "No. 34",
        "LS# 9714, 9725",
        "bill",
        "a",
        "'; DROP TABLE bills; --",
        "the long letter which organisers sent to the governor about S4075 and what came of it",
        "S" * 5000,
    ],
)
def test_a_search_for_words_names_none(query):
    assert read_query(query) == []


def test_a_search_with_a_year_names_the_session():
    assert [number.session for number in read_query("2018 s4075")] == [2017]
    assert [number.session for number in read_query("S. 744 of the 113th Congress")] == [113]


@given(st.text(max_size=60) | st.none())
def test_no_search_breaks(query):
    assert isinstance(read_query(query), list)
