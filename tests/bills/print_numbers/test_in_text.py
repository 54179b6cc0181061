"""Bill numbers in running text: found with their place, and nothing that only looks like one."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills.print_numbers import find_drafting_numbers, find_print_numbers, parse_print_no


def found(text, **context):
    return [one.number.display for one in find_print_numbers(text, **context)]


def written(text, **context):
    return [one.as_written for one in find_print_numbers(text, **context)]


def sessions(text, **context):
    return [one.number.session for one in find_print_numbers(text, **context)]


# --- spellings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "as_written",
    [
        "Senate  Concurrent Resolutions  Print Numbers:  (S. Con. Res.) 12",
        "119th-congress/senate-concurrent-resolution/12",
        "S. Con. Res. Numbers:  12",
        "Introductory.  Numbers:  1558-2017-A",
        "1568-2017",
        "T-2020-1234",
        "S. Numbers:  4075-A",
        "s4075/amendment/a",
    ],
)
def test_longest_spelling_far_from_all_other_digits_is_read_whole(as_written):
    filler = "word " * 100
    before = "intro.nyc/" if as_written[0] == "1" and "congress" not in as_written else ""
    assert written(f"{filler}{before}{as_written}. {filler}") == [as_written]


@pytest.mark.parametrize(
    ("as_written", "display"),
    [
        ("S4075", "S4075"),
        ("s4075a", "S4075A"),
        ("S4075-A", "S4075A"),
        ("S.4075-A", "S4075A"),
        ("S. 4075-A", "S4075A"),
        ("s.3076-a", "S3076A"),
        ("S.4075--A", "S4075A"),
        ("S 4075", "S4075"),
        ("S-4075", "S4075"),
        ("S. No. 4075", "S4075"),
        ("S.03076-A", "S3076A"),
        ("A.02328-A", "A2328A"),
        ("A 02328", "A2328"),
        ("A 2328-A", "A2328A"),
        ("A.880A", "A880A"),
        ("A.170", "A170"),
        ("S.\n4075", "S4075"),
        ("S.\u00a03076\u2011A", "S3076A"),
        ("Ｓ４０７５Ａ", "S4075A"),
        ("2017-S4075", "S4075"),
        ("2017/S4075A", "S4075A"),
        ("S4075-2017", "S4075"),
        ("S3076-2021-2022", "S3076"),
        ("Senate Bill 4075", "S4075"),
        ("senate bill number 1234-B", "S1234B"),
        ("Assembly Bill No. 2328", "A2328"),
        ("Senate Bill 4", "S4"),
        ("K1234", "K1234"),
        ("J523", "J523"),
        ("J123-2021", "J123"),
        ("2021-J5", "J5"),
        ("2021-E12", "E12"),
        ("Assembly Resolution No. 523", "K523"),
        ("Int 1412", "Int 1412"),
        ("Int1412-2025", "Int 1412-2025"),
        ("Intro 1412-2025", "Int 1412-2025"),
        ("Intro. 656-A", "Int 0656-A"),
        ("intro 1412-2025", "Int 1412-2025"),
        ("Introduction 1558", "Int 1558"),
        ("Introductory number 656-A", "Int 0656-A"),
        ("Int. No. 1558-2017", "Int 1558-2017"),
        ("Int.\nNo.\n1558-2017", "Int 1558-2017"),
        ("Int. № 1558", "Int 1558"),
        ("Int. #0214-2024", "Int 0214-2024"),
        ("Int. 899/2012", "Int 0899-2012"),
        ("INT 0486", "Int 0486"),
        ("Res 1236", "Res 1236"),
        ("Res. No. 1236-A", "Res 1236-A"),
        ("Res. No. 905.2011", "Res 0905-2011"),
        ("Reso 1648", "Res 1648"),
        ("Resolution 1648-2021", "Res 1648-2021"),
        ("T2025-2970", "T2025-2970"),
        ("T-2025-2970", "T2025-2970"),
        ("H.R. 6", "H.R. 6"),
        ("H.R.6", "H.R. 6"),
        ("HR 1177", "H.R. 1177"),
        ("hr6", "H.R. 6"),
        ("117-HR6", "H.R. 6"),
        ("HR6-117", "H.R. 6"),
        ("S744-113", "S. 744"),
        ("H.Res. 123", "H.Res. 123"),
        ("House Resolution 688", "H.Res. 688"),
        ("House Resolution (H. Res.) 688", "H.Res. 688"),
        ("S. Res. 12", "S.Res. 12"),
        ("H. J. Res. 3", "H.J.Res. 3"),
        ("Senate Joint Resolution 3", "S.J.Res. 3"),
        ("S.Con.Res. 4", "S.Con.Res. 4"),
        ("HCONRES4", "H.Con.Res. 4"),
    ],
)
@pytest.mark.parametrize(
    "frame", ["{}", "We back {} now.", "the measure ({}), which", "“{}”", "Why?\n{}\nBecause"]
)
def test_every_spelling_is_found_in_a_sentence(as_written, display, frame):
    text = frame.format(as_written)
    [one] = find_print_numbers(text)
    assert (one.number.display, one.as_written) == (display, as_written)
    assert text[one.start : one.end] == as_written


@pytest.mark.parametrize(
    ("text", "display", "as_written"),
    [
        ("the Senate Bill S1747B", "S1747B", "S1747B"),
        ("Bill No. S.1234", "S1234", "S.1234"),
        ("BILL NOS04075A", "S4075A", "S04075A"),
        ("BILL NOA04881", "A4881", "A04881"),
        ("BILL NO | A03675B |", "A3675B", "A03675B"),
        ("BILL NUMBER:  S609A", "S609A", "S609A"),
        ("SAME ASSAME AS A02176-A", "A2176A", "A02176-A"),
        ("Same as Uni. A 372", "A372", "A 372"),
        ("Senate Resolution J12", "J12", "J12"),
        ("Legislative Resolution K 123", "K123", "K 123"),
        ("Proposed Int. No. 1568-A", "Int 1568-A", "Int. No. 1568-A"),
        ("Lawmakers should sign S.5 today", "S5", "S.5"),
        ("the Assembly to pass, A.84, now", "A84", "A.84"),
        ("Support bill A 2328", "A2328", "A 2328"),
        ("S4075A’s sponsor", "S4075A", "S4075A"),
        ("S4075² says", "S4075", "S4075"),
        ("S.744-a bill that", "S744", "S.744"),
        ("S.3537and more", "S3537", "S.3537"),
        ("S4075(A)", "S4075", "S4075"),
        ("#S4075", "S4075", "S4075"),
        ("[S4075](https://example.org)", "S4075", "S4075"),
        ("BILLTEXT_A05457.XML", "A5457", "A05457"),
    ],
)
def test_the_number_alone_is_taken_out_of_what_stands_around_it(text, display, as_written):
    assert (found(text), written(text)) == ([display], [as_written])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(S.03076-A/A.02328-A)", ["S3076A", "A2328A"]),
        ("(S4075A/A3049)", ["S4075A", "A3049"]),
        ("S987/A5686 (Rivera/Cruz)", ["S987", "A5686"]),
        ("S.3076-A (Rivera) / A.2328-A (Cruz)", ["S3076A", "A2328A"]),
        ("S1747 / A3675", ["S1747", "A3675"]),
        ("S7475B/ A7770C", ["S7475B", "A7770C"]),
        ("S4075–A2328", ["S4075", "A2328"]),
        ("s1747/a3675", ["S1747", "A3675"]),
        ("S 12/A 34", ["S12", "A34"]),
        ("S1/A2", ["S1", "A2"]),
        ("bills S.1, A.2", ["S1", "A2"]),
        ("S4075, S4076 and A1234", ["S4075", "S4076", "A1234"]),
        ("Same as Uni. A 372, S 210", ["A372", "S210"]),
        ("S4075 (Rivera), companion bill A 49", ["S4075", "A49"]),
        ("A.8974-B/ S.6732-A", ["A8974B", "S6732A"]),
        ("S.3537and A.9157", ["S3537", "A9157"]),
        ("H.R. 4380/S.2449", ["H.R. 4380", "S. 2449"]),
        ("S. 4787/H.R. 8685", ["S. 4787", "H.R. 8685"]),
        ("H.R.29/S.5", ["H.R. 29", "S. 5"]),
        ("A.170/S.999", ["A170", "S999"]),
        ("H.R. 2029/S. 1996", ["H.R. 2029", "S. 1996"]),
        ("Int. Nos. 1558, 1566-A and 1568-2017", ["Int 1558", "Int 1566-A", "Int 1568-2017"]),
        ("Intros 12 & 13", ["Int 0012", "Int 0013"]),
        ("Senate Bills 4075, 4076-A and 4077", ["S4075", "S4076A", "S4077"]),
    ],
)
def test_pairs_and_lists_give_every_number(text, expected):
    assert found(text) == expected


def test_a_pair_is_written_as_two_numbers_with_two_places():
    text = "The act (S.03076-A/A.02328-A) would"
    assert [(one.start, one.as_written) for one in find_print_numbers(text)] == [
        (9, "S.03076-A"),
        (19, "A.02328-A"),
    ]


@pytest.mark.parametrize(
    ("address", "display", "session"),
    [
        ("https://www.nysenate.gov/legislation/bills/2017/s4075/amendment/a", "S4075A", 2017),
        ("https://www.nysenate.gov/legislation/bills/2017/S4075/amendment/original", "S4075", 2017),
        ("https://nyassembly.gov/leg/?default_fld=&bn=S04075&term=2017&Summary=Y", "S4075", 2017),
        ("https://legiscan.com/NY/bill/S07849/2017", "S7849", 2017),
        ("https://www.congress.gov/bill/117th-congress/house-bill/6/text", "H.R. 6", 117),
        ("https://www.congress.gov/bill/113th-congress/senate-bill/744", "S. 744", 113),
        ("https://www.congress.gov/bill/118th-congress/senate-resolution/7", "S.Res. 7", 118),
        ("https://www.congress.gov/117/bills/hr21/text.htm", "H.R. 21", 117),
        ("https://www.govtrack.us/congress/bills/117/hr6", "H.R. 6", 117),
        ("https://intro.nyc/1568-2017", "Int 1568-2017", 2014),
        ("https://intro.nyc/res-0120-2024", "Res 0120-2024", 2024),
        ("/bills/ny/2017/s4075/", "S4075", 2017),
        ("/bills/nyc/2014/int-1568/", "Int 1568", 2014),
        ("/bills/us/117/s744/", "S. 744", 117),
    ],
)
def test_web_addresses_of_bills_name_them(address, display, session):
    assert (found(address), sessions(address)) == ([display], [session])


# --- what is no number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "the S-Comm programme",
        "Form I-130, N-400, G-28, DS-160 and I-9",
        "J-1 visas, a K-1, an L-1, E-2, R-1, B-2, F-1 and H-1B",
        "a J1 visa; an S744 visa",
        "A123 456 789",
        "A-123-456-789",
        "A# 123-456-789",
        "file A012345678",
        "$250,000",
        "S250,000 and S100 million",
        "Executive Order 34",
        "Executive Order №34 of 2003",
        "Executive Orders 34 and 41",
        "EO 41",
        "518-455-2795, (518) 455-2795, S518-455-2795",
        "A 2020 study found",
        "Whereas, A 2018 report by the institute",
        "under the bill. A 2020 study",
        "a 2020 study; an act, a 1996 law",
        "A 500-page report, A 500 page report, A 40,000-bed camp",
        "A 10% rise at A 10:30 meeting",
        "under the bill a 500 dollar fine",
        "S 2020",
        "Title 8, Chapter 37, Section 287(g), a 287(g) agreement",
        "§ 201, §§ 319, S S 319, §S319, 42 USC S 18001",
        "8 U.S.C. 1373, 42 U.S.C. 1983, 8 C.F.R. 287.7, 347 U.S. 483, 567 U. S. 387",
        "163 Cong. Rec. S1234-S1240, pp. S100-S105",
        "Proposition 187, Local Law 228, LL 2017/228, Local Laws 58 and 59",
        "California's SB 54 and AB 60, Arizona's SB 1070, HB 56, S.B. 1070, A.B. 540",
        "California Senate Bill 54, Texas Senate Bill 4",
        "Assembly Bill 60 of California, Senate Bill 4 in Texas",
        "Georgia's House Bill 87",
        "Route A1, Pier A 12, Level A 200, Apt. A 12, Apt. A123, Suite A200, Room S101",
        "the A-train, the A 12 bus, PS 132, P.S. 132, P. S. 132, I.S. 61",
        "Vitamin B12, COVID-19, H1N1, A1C, R134a, MS-13",
        "M.A. 2010, J.D. 1999, the D.A. 2020, U.S.A. 1996, A.D. 1200",
        "Cruz, A. 2016. Courts and fear",
        "B 1234, C1234, E 123, L.I. 5, L1234, R 2000",
        "24 HR 7 days a week",
        "the '90s 500, the people's 744",
        "LS# 9714, 9725",
        "LS #966/18218 and LS9550",
        "Int. No. 1/29/14, Int 5/12/2020",
        "Int'l 100, high-res 1080, Intro 2017, Introduction 1",
        "Resolution 2017, Security Council Resolution 1325, UN Res. 2334, General Assembly Resolution 217",
        "2017-2018 Regular Sessions, January 1, 2017",
        "print number 4075a, cal.759, chap.322, memo.98",
        "S, A, S0000, A00, S123456, S1234567",
        "C3CC01D2-53F0-4623-96BC-0C514029B1F7, #a12345, /s1600/photo.jpg, s4075@example.org, %A0123",
        "P. del S. 744, P. de la C. 123",
        "KPMG-S4075",
        "S.744.50, S4075.5, S.287(g), three S4075s, an A320s, 117-S744A, K123A",
        "S٤٠٧٥",
        "",
    ],
)
@pytest.mark.parametrize("hint", [None, "ny", "nyc", "us"])
def test_what_only_looks_like_a_number_is_none(text, hint):
    assert written(text, legislature=hint) == []


def test_a_sentence_with_both_gives_the_bill_alone():
    text = (
        "A 2020 study by S-Comm critics, filed with Form I-130, backs S4075A; a 1996 law and Title 8 do not."
    )
    assert written(text) == ["S4075A"]


def test_unlike_another_states_bill_new_yorks_is_found():
    assert found("Unlike California's AB 60, New York's Senate Bill 1747 would") == ["S1747"]


def test_a_doubtful_spelling_stands_only_beside_a_sure_one():
    assert found("S 12") == []
    assert found("S4075 and S 12.") == ["S4075", "S12"]
    assert found("S4075, A 2020 study") == ["S4075"]
    assert found("S4075, A 500 page report") == ["S4075"]


# --- New York or Congress ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint", "display"),
    [
        ("S. 744", None, "S744"),
        ("S. 744", "ny", "S744"),
        ("S. 744", "us", "S. 744"),
        ("S. 744", "nyc", "S744"),
        ("S. 744 of the 113th Congress", "ny", "S. 744"),
        ("the U.S. Senate bill S. 744", "ny", "S. 744"),
        ("State Senate bill S. 744", "us", "S744"),
        ("S744A", "us", "S744A"),
        ("S00744", "us", "S744"),
        ("Congress must pass, and the President must sign, S. 744", None, "S. 744"),
        ("the Legislature in Albany must pass, and the Governor must sign, S. 744", None, "S744"),
        ("Congress sat while S744 moved", None, "S744"),
        ("Congress must pass S. 8539", None, "S8539"),
        ("Senate Resolution 12", None, "J12"),
        ("Senate Resolution 12", "us", "S.Res. 12"),
        ("House Bill 87", "us", "H.R. 87"),
    ],
)
def test_a_shared_spelling_goes_to_one_legislature(text, hint, display):
    assert found(text, legislature=hint) == [display]


def test_one_sure_place_decides_for_the_same_number_elsewhere():
    text = "S. 744 is here. Our senators wrote H.R. 15/S. 744 last year. May the Governor praise S. 744."
    assert found(text) == ["S. 744", "H.R. 15", "S. 744", "S. 744"]


def test_a_list_of_both_legislatures_keeps_each():
    assert found("A.270/S.141 of Albany; H.R. 29/S. 5 of Washington") == ["A270", "S141", "H.R. 29", "S. 5"]


def test_a_number_that_does_not_stand_links_nothing():
    assert found("H.R. 6, A 2020, S. 744", legislature="ny") == ["H.R. 6", "S744"]
    assert found("H.R. 6, S. 744", legislature="ny") == ["H.R. 6", "S. 744"]


def test_a_bare_resolution_is_the_councils_where_the_city_is_named():
    assert found("Resolution 8") == []
    assert found("Resolution 8", legislature="nyc") == ["Res 0008"]
    assert found("The New York City Council adopted Resolution 8.") == ["Res 0008"]


# --- sessions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "session"),
    [
        ("S4075", None, None),
        ("S4075", date(2017, 2, 6), 2017),
        ("S4075", date(2018, 12, 31), 2017),
        ("S4075", datetime(2019, 1, 1, 9, 0), 2019),
        ("S4075-2017", date(2023, 1, 1), 2017),
        ("S4075 (2017)", date(2023, 1, 1), 2017),
        ("S4075 (2017-2018 session)", date(2023, 1, 1), 2017),
        ("S4075 of 2018", date(2023, 1, 1), 2017),
        ("2017-2018: S4075", date(2023, 1, 1), 2017),
        ("the 2017-18 Senate bill S. 4075", date(2023, 1, 1), 2017),
        ("NY S04075 | 2017-2018", date(2023, 1, 1), 2017),
        ("Int. No. 12", date(2016, 5, 1), 2014),
        ("Int. No. 12-2011", date(2016, 5, 1), 2010),
        ("Int. No. 12", date(1990, 5, 1), None),
        ("Resolution 753 of the year 2019", date(2023, 5, 1), 2018),
        ("introduction number 612-A for the year 2018", date(2023, 5, 1), 2018),
        ("H.R.4972-118th Congress", None, 118),
        ("H.R. 6", date(2025, 1, 2), 118),
        ("H.R. 6 (117th)", date(2025, 1, 2), 117),
        ("H.R. 6 in the 117th Congress", None, 117),
        ("119th CONGRESS\n1st Session\nH.R. 6", None, 119),
        ("the Fairness Act of 2021 (H.R. 6)", date(2020, 5, 1), 117),
    ],
)
def test_the_session_is_the_one_beside_the_number_or_that_of_the_day(text, day, session):
    assert sessions(text, date=day) == [session]


def test_a_session_printed_once_serves_the_pair_and_the_rest_of_the_text():
    assert sessions("S3076/A2328 (2021)") == [2021, 2021]
    assert sessions("2021-S3076/A2328") == [2021, 2021]
    assert sessions("S4075A\n\n2017-S4075\n\nA9999", date=date(2021, 1, 5)) == [2017, 2017, 2021]
    assert sessions("S9 (2017), S9 (2019), bill S9", date=date(2021, 1, 5)) == [2017, 2019, 2021]


def test_only_a_file_number_has_a_year():
    [number] = [one.number for one in find_print_numbers("Int 12-2016")]
    assert (number.year, number.session) == (2016, 2014)
    [number] = [one.number for one in find_print_numbers("S12-2016")]
    assert (number.year, number.session) == (None, 2015)


# --- robustness -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "S",
        "1",
        "S1",
        "S ",
        "S4075 ",
        "S.4075/",
        "A 12/",
        "12, ",
        "Senate Bill ",
        "S.No.",
        "H. ",
        "(",
        " ",
        "2017-",
    ],
)
def test_a_long_text_of_one_piece_ends(piece):
    text = "Int. Nos. " + piece * (200_000 // len(piece))
    places = [(one.start, one.end) for one in find_print_numbers(text)]
    assert places == sorted(set(places))
    find_drafting_numbers(text)


# fmt: off
PIECES = [
    "S", "A", "s", "a", "J", "K", "R", "H", "T", "B", ".", "-", "/", "#", "(", ")", ",", "|", ":",
    "&term=", "–", "²", "12", "4075", "0", "00", "1990", "1994", "2017", "117", "№", "No.", "Nos.",
    "Ｓ", " ", "\n", "\xa0", "\u200b", "Senate", "Assembly", "House", "Bill", "Bills", "Resolution",
    "Joint ", "Int", "Res", "Con", "HR", "hr", "LS", "and", "U.S. ", "State ", "of the ",
    "113th Congress", "117th-congress/", "house-bill/", "senate-resolution/", "intro.nyc/",
    "/amendment/a",
]
# fmt: on


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=200),
    st.sampled_from([None, "ny", "nyc", "us"]),
    st.none() | st.dates(date(1700, 1, 1), date(2300, 1, 1)),
)
def test_any_text_gives_numbers_in_order_at_their_places(text, hint, day):
    end = 0
    for one in find_print_numbers(text, legislature=hint, date=day):
        assert end <= one.start < one.end
        assert text[one.start : one.end] == one.as_written
        end = one.end
    for one in find_drafting_numbers(text):
        assert text[one.start : one.end] == one.as_written


@given(
    st.sampled_from("SA"),
    st.integers(100, 99_999).filter(lambda number: not 1900 <= number <= 2099),
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["{}{}{}", "{}.{}-{}", "{}. {}-{}", "{}{:05d}{}", "{}.{:05d}-{}"]),
    st.sampled_from(["", "The bill ", "Read “", "see ("]),
    st.sampled_from(["", ".", ", which", "”", "), now", "\n"]),
)
def test_what_is_written_in_a_text_is_found_and_read_alike(
    letter, number, amendment, spelling, before, after
):
    as_written = spelling.format(letter, number, amendment).rstrip("-")
    [one] = find_print_numbers(before + as_written + after)
    assert one.as_written == as_written
    assert one.number == parse_print_no(as_written)


def test_wrong_arguments_are_named():
    with pytest.raises(TypeError, match="not in NoneType"):
        find_print_numbers(None)
    with pytest.raises(TypeError, match="not in bytes"):
        find_drafting_numbers(b"LS# 1")
    with pytest.raises(ValueError, match="'nj' is no legislature"):
        find_print_numbers("S4075", legislature="nj")


# --- drafting numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LS# 9714, 9725", [(9714, None), (9725, None)]),
        ("LS 9714", [(9714, None)]),
        ("LS #1234", [(1234, None)]),
        ("LS9550", [(9550, None)]),
        ("LS15,391 2/24/2021", [(15391, None)]),
        ("LS #10743, 5363, 11874 03/13/2023", [(10743, None), (5363, None), (11874, None)]),
        ("LS #966/18218/18219", [(966, None), (18218, None), (18219, None)]),
        ("LS #19291 and #19292", [(19291, None), (19292, None)]),
        ("LS #8665 & 8781", [(8665, None), (8781, None)]),
        ("LS9875/LS8415", [(9875, None), (8415, None)]),
        ("LS 927/2014", [(927, 2014)]),
        ("LS# 892 (2014)", [(892, 2014)]),
        ("LS 933/Int. 654/2015 LS 1096", [(933, None), (1096, None)]),
        ("LS 1133, 1/4/2018", [(1133, None)]),
        ("LS # 5/9/2017", []),
        ("ELS 12, LSAT 34, ls 56", []),
    ],
)
def test_the_councils_drafting_numbers_are_read_apart(text, expected):
    assert [(one.number, one.year) for one in find_drafting_numbers(text)] == expected


def test_a_drafting_number_has_its_place():
    text = "It takes effect at once.\nLS# 9714, 9725"
    assert [one.as_written for one in find_drafting_numbers(text)] == ["LS# 9714", "9725"]
    assert all(text[one.start : one.end] == one.as_written for one in find_drafting_numbers(text))
