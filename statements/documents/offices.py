"""The words of office and of work: which words before or after a name are a title, and of what sort."""

from __future__ import annotations

from statements.documents.vocabulary import words

# Offices of government. What stands before them belongs to the office ("IDC Deputy Leader", "Brooklyn
# Borough President").
PUBLIC_OFFICES = words("""
    senator senators sen sens assemblymember assemblymembers assemblyman assemblywoman assemblymen
    assemblywomen assemblyperson assemb asm councilmember councilmembers councilman councilwoman
    councilperson councilor councillor speaker governor gov mayor comptroller controller congressman
    congresswoman congressmember congressperson representative representatives rep reps legislator
    legislators lawmaker alderman alderwoman alderperson supervisor sheriff judge justice whip bp ambassador
    president-elect delegate freeholder selectman assessor
    """)

# Work in an organisation. What stands before them may be the organisation ("NYCLU Policy Counsel").
ROLES = words("""
    director directors co-director president presidents ceo cfo coo cto counsel attorney attorneys lawyer
    coordinator organizer organiser manager spokesperson spokesman spokeswoman chair chairman chairwoman
    chairperson co-chair co-chairs chairs vice-chair vice-president founder co-founder cofounder advisor
    adviser analyst associate fellow member members leader leaders partner officer executive secretary
    treasurer strategist advocate specialist chief professor administrator convener convenor liaison
    researcher scholar editor author expert commissioner chancellor superintendent principal head deputy
    trustee clerk activist resident student worker farmworker parent survivor nurse teacher client plaintiff
    consultant supervisor intern paralegal navigator caseworker minister economist demographer historian
    candidate seeker recipient holder beneficiary mother dreamer tenant driver vendor volunteer youth
    refugee reporter photographer moderator commander general undersecretary provost rector dean elder rabbi
    imam pastor bishop archbishop priest deacon monsignor reverend chaplain sister father owner operator
    """)

HONORIFICS = words("""
    mr mrs ms miss mx dr rev reverend fr father sister brother rabbi imam pastor bishop archbishop cardinal
    hon honorable prof professor sgt sergeant capt captain col colonel maj lt lieutenant gen msgr monsignor
    sir madam
    """)

# Also first names and surnames: a title only where a longer name follows.
ALSO_NAMES = words("dean bishop judge pastor page king elder major sheriff justice chancellor rector")

# Words that always go with the role they stand before.
ROLE_MODIFIERS = words("""
    executive deputy interim acting managing policy senior sr junior jr staff associate assistant asst chief
    general vice legislative advocacy supervising supervisory founding lead board co co-executive co-lead
    former current first second longtime ranking and & supervisor attorney
    """)

# Words that go with the role unless the organisation's name would lose its end: "Immigrant Affairs
# Commissioner".
ROLE_FIELDS = words("""
    legal national state statewide organizing campaign communications communication program programs
    community political research public affairs government governmental relations external field regional
    media press development operations financial administrative special civic outreach membership digital
    strategic engagement immigration budget education health housing labor litigation services
    """)

# The last word of an organisation's name.
ORGANISATION_ENDS = words("""
    coalition union project society center centre council alliance association fund services network
    institute foundation university college school church federation league clinic group corps partnership
    initiative campaign movement inc llc seiu uaw workers families together committee conference department
    office agency defenders
    """)

PLACES = words("""
    new york nyc nys u.s us united states america american city state county town village brooklyn bronx
    manhattan queens staten island long westchester nassau suffolk erie monroe albany buffalo rochester
    syracuse yonkers ithaca senate assembly council house democratic republican majority minority conference
    the of washington d.c dc hudson valley upstate western northern eastern southern central capital region
    national
    """)

# A word that shows that a group of capitalised words is an organisation, an institution or a thing, and no
# person.
ORGANISATION_WORDS = words("""
    coalition union project society center centre defenders council alliance association fund services
    service network institute foundation university college school church federation congress league clinic
    group corps partnership initiative campaign movement inc llc llp local seiu uaw afl-cio 32bj workers
    families together forum committee caucus conference department office agency commission bureau
    administration authority division bar churches ministry ministries diocese archdiocese synagogue temple
    mosque parish charities chamber business legislature assembly senate board task force party democrats
    republicans act law bill program programme plan newspaper times post journal magazine library museum
    hospital health company corporation consortium collaborative collective solidarity rights liberties
    justice aid immigrants immigrant immigration refugees communities community international national
    american state federal city county district court courts police enforcement customs border nations
    states government congregation brigade organization organisations organizations organization's advocates
    house homes housing teachers students educators nurses employees laborers lawyers employers action
    americans york albany brooklyn bronx queens manhattan washington buffalo yonkers syracuse nyc nys today
    new yorkers the resolution statement executive order administration's legislation session republican
    democratic house's senate's budget road make voice voices power unidos asian latino latina latinx
    hispanic caribbean african arab muslim jewish catholic haitian parenthood planned research studies
    survey report reports north south east west upstate downtown united secretary-general press release
    media contact following issue issues
    """) - {"justice"}

# Fields of work: "Director of Immigration Policy" names no organisation.
FIELDS_OF_WORK = words("""
    policy advocacy organizing organising immigration communications development programs programming
    operations litigation education research strategy strategic government governmental affairs public
    relations external legal services immigrant immigrants rights civil engagement community communities
    outreach and & the media digital membership finance human resources health housing labor worker workers'
    workplace youth women's economic justice racial social criminal federal state national local legislative
    initiatives partnerships campaigns movement building innovation impact equity inclusion diversity staff
    special projects counsel training technology security safety information data client civic participation
    elections political action leadership field intergovernmental asylum refugee detention deportation
    defense removal integration citizenship law practice unit team language access
    """)


def bare(token: str) -> str:
    """The word without points and case: "Sen." and "SEN" give "sen"; "Governor’s" gives "governor’s"."""
    return token.strip(".,:;()[]\"“”'’*").casefold()


def is_office(token: str) -> bool:
    """Is the word one that ends a public office's name?"""
    return bare(token) in PUBLIC_OFFICES


def is_title_word(token: str) -> bool:
    """Is the word one that can end a title before a name: an office, a role or an honorific?"""
    word = bare(token)
    if word in PUBLIC_OFFICES or word in ROLES or word in HONORIFICS:
        return True
    return "-" in word and (word.split("-")[0] in ROLES or word.rsplit("-", 1)[1] in ROLES)


def has_title_word(text: str) -> bool:
    """Does any word of `text` name an office or role?"""
    return any(is_title_word(token) for token in text.split())


def has_organisation_word(text: str) -> bool:
    """Does any word of `text` mark an organisation, or is one an abbreviation in capitals?"""
    tokens = text.split()
    return any(bare(token) in ORGANISATION_WORDS for token in tokens) or any(
        len(word := token.strip(".,()'’s")) >= 3 and word.isupper() for token in tokens
    )


def is_abbreviation(token: str) -> bool:
    """Is the word an organisation's short form, in capitals ("NYIC")?"""
    word = token.strip(".,()'’s")
    return len(word) >= 2 and word.isupper()


def is_field_of_work(text: str) -> bool:
    """Is every word of `text` one of a field of work ("Immigration Policy")?"""
    return all(bare(token) in FIELDS_OF_WORK for token in text.split())


def is_only_place(text: str) -> bool:
    """Is every word of `text` one of a place or of government in general ("New York State")?"""
    return all(bare(token) in PLACES for token in text.split())
