"""What programmes, orders and terms are that statements name, in our own words: short, neutral, each with its years.

Written and checked by hand; nothing here is read from a statement. Add an entry only with facts that a public record
bears out, and say when each was so: a page is read years later. Slugs are anchors of /glossary/ and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """`names` are the names that `documents.programmes` gives it; `spellings` how a text may write a term."""

    slug: str
    name: Any
    kind: str  # "programme", "order", "term", "court"
    years: Any
    explanation: Any
    names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


ENTRIES = (
    Entry(
        "287g",
        "287(g)",
        "programme",
        _("since 1996"),
        _(
            "A section of the federal Immigration and Nationality Act, added in 1996. It lets the federal "
            "government agree in writing with a state or local police agency that some of its officers do "
            "work of immigration officers, under federal supervision."
        ),
        names=("287(g)",),
    ),
    Entry(
        "administrative-warrant",
        _("Administrative warrant"),
        "term",
        _("in use today"),
        _(
            "A paper by which an immigration officer orders an arrest or a removal. It is signed by an "
            "officer of the immigration authorities, not by a judge. Compare: judicial warrant."
        ),
        spellings=("administrative warrant", "administrative warrants", "ICE warrant", "ICE warrants"),
    ),
    Entry(
        "criminal-alien-program",
        "Criminal Alien Program",
        "programme",
        _("run by ICE, which began in 2003"),
        _(
            "A federal program in which immigration officers look in jails and prisons for people whom they "
            "may have removed from the country."
        ),
        names=("Criminal Alien Program",),
    ),
    Entry(
        "daca",
        _("Deferred Action for Childhood Arrivals (DACA)"),
        "programme",
        _("since 2012"),
        _(
            "A federal policy announced on June 15, 2012. People who came to the country as children and meet "
            "its conditions can ask not to be removed for two years at a time, and for permission to work. It "
            "gives no lawful status. In July 2021 a federal court stopped the granting of first-time "
            "requests."
        ),
        names=("DACA",),
    ),
    Entry(
        "dapa",
        _("Deferred Action for Parents of Americans (DAPA)"),
        "programme",
        _("announced in 2014, withdrawn in 2017"),
        _(
            "A federal policy announced in November 2014 for parents of citizens and lawful permanent "
            "residents. Courts stopped it in February 2015 before it began, the Supreme Court divided evenly "
            "on it in June 2016, and it was withdrawn in June 2017."
        ),
        names=("DAPA",),
    ),
    Entry(
        "day-laborer-workforce-initiative",
        "Day Laborer Workforce Initiative",
        "programme",
        _("named by the Council after the election of November 2016"),
        _("A funding initiative of the New York City Council that supports centers for day laborers."),
        names=("Day Laborer Workforce Initiative",),
    ),
    Entry(
        "deferred-enforced-departure",
        _("Deferred Enforced Departure (DED)"),
        "programme",
        _("since 1990"),
        _(
            "A decision of the President that people from a certain country are not to be removed for some "
            "time. It rests on the President’s power over foreign relations and not on an act of Congress. "
            "First used in 1990."
        ),
        names=("Deferred Enforced Departure",),
    ),
    Entry(
        "e-verify",
        "E-Verify",
        "programme",
        _("since 1997, under this name since 2007"),
        _(
            "A federal system on the internet in which employers compare what a new employee states with "
            "government records, to see whether the person may work. It began as a pilot in 1997. Federal law "
            "leaves it voluntary for most employers; some states require it."
        ),
        names=("E-Verify",),
    ),
    Entry(
        "excluded-workers-fund",
        "Excluded Workers Fund",
        "programme",
        _("2021"),
        _(
            "A fund of New York State, made by the budget of 2021 with 2.1 billion dollars. It paid workers "
            "who had lost income in the pandemic and could not get unemployment benefits or federal relief, "
            "among them many without immigration status."
        ),
        names=("Excluded Workers Fund",),
    ),
    Entry(
        "executive-order-34-of-2003",
        _("Executive Order 34 of 2003 (New York City)"),
        "order",
        _("May 2003"),
        _(
            "An order of the Mayor of New York City on immigrants’ access to City services. It was amended "
            "four months later by Executive Order 41."
        ),
        names=("Executive Order 34 of 2003",),
    ),
    Entry(
        "executive-order-41-of-2003",
        _("Executive Order 41 of 2003 (New York City)"),
        "order",
        _("September 2003"),
        _(
            "An order of the Mayor of New York City, which made a privacy policy for the whole City. City "
            "employees are to keep confidential what they learn of a person, immigration status included, and "
            "ask about that status only where it is needed, with exceptions that the order names."
        ),
        names=("Executive Order 41 of 2003",),
    ),
    Entry(
        "executive-order-170",
        _("Executive Order 170 (New York State)"),
        "order",
        _("September 2017, amended in 2018"),
        _(
            "An order of the Governor of New York of September 15, 2017. State officers and employees are not "
            "to ask about immigration status unless the law requires it or a benefit or service depends on "
            "it, and not to disclose information to federal immigration authorities for civil enforcement "
            "unless the law requires it. An amendment of 2018, Executive Order 170.1, added limits on civil "
            "immigration arrests in state buildings."
        ),
        names=(
            "Executive Order 170",
            "Executive Order 170 of 2017",
            "Executive Order 170.1",
            "Executive Order 170.1 of 2018",
        ),
    ),
    Entry(
        "executive-order-13768",
        _("Executive Order 13768 (United States)"),
        "order",
        _("January 2017, revoked in January 2021"),
        _(
            "An order of the President of January 25, 2017, on enforcing immigration law within the country. "
            "Among other things it ended the Priority Enforcement Program, brought back Secure Communities, "
            "and set out to withhold federal grants from places it called sanctuary jurisdictions."
        ),
        names=("Executive Order 13768", "Executive Order 13768 of 2017"),
    ),
    Entry(
        "ice",
        _("Immigration and Customs Enforcement (ICE)"),
        "term",
        _("since 2003"),
        _(
            "The agency of the federal Department of Homeland Security that arrests, detains and removes "
            "people for breaches of immigration law within the country. It began in 2003."
        ),
        spellings=("Immigration and Customs Enforcement", "U.S. Immigration and Customs Enforcement"),
    ),
    Entry(
        "ice-detainer",
        _("ICE detainer"),
        "term",
        _("in use today"),
        _(
            "A written request by which ICE asks a jail or police agency to tell it before a person is "
            "released and to hold the person for up to 48 hours longer, so that ICE can take over. It is "
            "signed by an immigration officer, not by a judge. In 2014 a federal court of appeals held, in "
            "Galarza v. Szalczyk, that it is a request that state and local authorities may decline."
        ),
        spellings=(
            "ICE detainer",
            "ICE detainers",
            "immigration detainer",
            "immigration detainers",
            "civil immigration detainer",
            "civil immigration detainers",
            "detainer request",
            "detainer requests",
        ),
    ),
    Entry(
        "idnyc",
        "IDNYC",
        "programme",
        _("since 2015, under a law of 2014"),
        _(
            "The identity card of New York City, made by Local Law 35 of 2014 and issued since January 2015 "
            "to residents whatever their immigration status. It is not a driver’s license and gives no right "
            "to work."
        ),
        names=("IDNYC",),
    ),
    Entry(
        "immigrant-health-initiative",
        "Immigrant Health Initiative",
        "programme",
        _("named by the Council after the election of November 2016"),
        _("A funding initiative of the New York City Council for immigrants’ access to health care."),
        names=("Immigrant Health Initiative",),
    ),
    Entry(
        "immigrant-opportunities-initiative",
        "Immigrant Opportunities Initiative",
        "programme",
        _("named by the Council after the election of November 2016"),
        _(
            "A funding initiative of the New York City Council that pays organizations to help immigrants "
            "with legal matters."
        ),
        names=("Immigrant Opportunities Initiative",),
    ),
    Entry(
        "judicial-warrant",
        _("Judicial warrant"),
        "term",
        _("a rule of the Fourth Amendment of 1791"),
        _(
            "A warrant that a judge has signed after finding probable cause. Bills about immigration often "
            "make it the condition for helping with an arrest, because an administrative warrant or a "
            "detainer is not signed by a judge."
        ),
        spellings=("judicial warrant", "judicial warrants", "warrant signed by a judge"),
    ),
    Entry(
        "liberty-defense-project",
        "Liberty Defense Project",
        "programme",
        _("since 2017"),
        _(
            "A program of New York State, announced in 2017, that pays for free lawyers and advice for "
            "immigrants, together with law firms, universities and organizations."
        ),
        names=("Liberty Defense Project",),
    ),
    Entry(
        "migrant-protection-protocols",
        _("Migrant Protection Protocols (“Remain in Mexico”)"),
        "programme",
        _("since January 2019, with interruptions"),
        _(
            "A federal policy under which people who came to the southern border to seek asylum were sent to "
            "Mexico to wait for their hearings. It began in January 2019 and was suspended in January 2021."
        ),
        names=("Migrant Protection Protocols",),
    ),
    Entry(
        "nyifup",
        _("New York Immigrant Family Unity Project (NYIFUP)"),
        "programme",
        _("since 2013"),
        _(
            "A program paid for by the New York City Council that gives a lawyer to people who are detained, "
            "face removal in immigration court and cannot pay for one. It began in 2013 and was the first of "
            "its kind in the country."
        ),
        names=("NYIFUP",),
    ),
    Entry(
        "office-for-new-americans",
        "Office for New Americans",
        "programme",
        _("since 2012"),
        _(
            "An office of New York State that helps immigrants, among other things with English classes, "
            "naturalization and free legal advice."
        ),
        names=("Office for New Americans",),
    ),
    Entry(
        "priority-enforcement-program",
        "Priority Enforcement Program",
        "programme",
        _("2015 to 2017"),
        _(
            "A federal program, announced in November 2014 and begun in 2015, that took the place of Secure "
            "Communities. It still compared fingerprints taken in local jails with immigration records, but "
            "named fewer groups of people for removal. It was ended in January 2017."
        ),
        names=("Priority Enforcement Program",),
    ),
    Entry(
        "public-charge",
        _("Public charge rule"),
        "programme",
        _("a ground of refusal since 1882"),
        _(
            "Since 1882 federal law refuses admission to a person who is likely to become a “public charge”. "
            "Rules say what that means. A rule of 2019 counted more public benefits against applicants; it "
            "was ended in March 2021, and a rule of 2022 took its place."
        ),
        names=("Public Charge rule",),
    ),
    Entry(
        "sanctuary",
        _("Sanctuary city or state"),
        "term",
        _("in use since the 1980s"),
        _(
            "A name for places that limit how far their police and officials help with the enforcement of "
            "federal immigration law. No federal statute defines it, and what such places do differs much. "
            "Churches that took in refugees from Central America in the 1980s used the word first."
        ),
        spellings=(
            "sanctuary city",
            "sanctuary cities",
            "sanctuary state",
            "sanctuary states",
            "sanctuary jurisdiction",
            "sanctuary jurisdictions",
        ),
    ),
    Entry(
        "section-1373",
        _("Section 1373 (8 U.S.C. 1373)"),
        "term",
        _("since 1996"),
        _(
            "A federal statute of 1996. It says that state and local governments may not forbid their "
            "officials to exchange information on a person’s citizenship or immigration status with federal "
            "immigration authorities."
        ),
        spellings=("8 U.S.C. 1373", "8 U.S.C. § 1373", "8 USC 1373", "Section 1373"),
    ),
    Entry(
        "secure-communities",
        "Secure Communities",
        "programme",
        _("2008 to 2014, and again from 2017"),
        _(
            "A federal program, begun in 2008, that compares the fingerprints which local police send to the "
            "FBI after an arrest with immigration records, and tells ICE of matches. It was ended in November "
            "2014 and brought back in January 2017."
        ),
        names=("Secure Communities",),
    ),
    Entry(
        "temporary-protected-status",
        _("Temporary Protected Status (TPS)"),
        "programme",
        _("since 1990"),
        _(
            "A protection made by the Immigration Act of 1990. The federal government can name a country to "
            "which people cannot safely return, for instance because of war or a natural disaster. Its "
            "nationals who are in the United States already may then ask to stay and work for a limited time, "
            "which can be extended."
        ),
        names=("Temporary Protected Status",),
    ),
    Entry(
        "title-42",
        "Title 42",
        "programme",
        _("March 2020 to May 2023"),
        _(
            "A public health order under title 42 of the United States Code. During the pandemic, from March "
            "2020 to May 11, 2023, people were turned back at the border under it without a chance to ask for "
            "asylum in the usual way."
        ),
        names=("Title 42",),
    ),
    Entry(
        "unaccompanied-minors-and-families-initiative",
        "Unaccompanied Minors and Families Initiative",
        "programme",
        _("named by the Council after the election of November 2016"),
        _(
            "A funding initiative of the New York City Council, run with private partners, for lawyers and "
            "social services for children and families who fled Central America."
        ),
        names=("Unaccompanied Minors and Families Initiative",),
    ),
)
BY_NAME = {name: entry for entry in ENTRIES for name in entry.names}
_TERMS = tuple(
    (entry, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, entry.spellings))})(?!\w)", re.IGNORECASE))
    for entry in ENTRIES
    if entry.spellings
)


@dataclass(frozen=True, slots=True)
class Named:
    """A programme or term that a statement names; `entry` is None where we have no explanation of it."""

    name: str
    entry: Entry | None


def explained(programmes: Iterable[str], text: str) -> list[Named]:
    """The programmes, as the statement's row has them, then the terms that `text` uses; each explanation once."""
    found: list[Named] = []
    seen: set[str] = set()
    for name in programmes:
        entry = BY_NAME.get(name)
        if entry is None or entry.slug not in seen:
            found.append(Named(name, entry))
        if entry:
            seen.add(entry.slug)
    for entry, pattern in _TERMS:
        if entry.slug not in seen and pattern.search(text):
            found.append(Named(str(entry.name), entry))
    return found


def in_order() -> list[Entry]:
    """All entries by their names in the reader's language."""
    return sorted(ENTRIES, key=lambda entry: str(entry.name).casefold())
