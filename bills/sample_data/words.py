"""Names, titles and texts that nobody ever wrote: put together from lists of words, the same for the same seed. Pure.

Words are skewed as in real texts: some stand in nearly every bill, most in few, and a place name in a handful.
"""
# ruff: noqa: S311, SIM905 (what is drawn here decides nothing; lists of words read best as words)

from __future__ import annotations

from functools import lru_cache
from random import Random

NOUNS = (
    "lantern ferry bell canal orchard clock kite barrel bridge garden market harbor tower lock quarry mill ladder "
    "wagon carriage windmill lighthouse chimney fountain granary bakery foundry loom anchor compass rudder sail mast "
    "beacon turnstile platform arcade pavilion gallery archive almanac ledger charter seal ribbon banner trumpet drum "
    "whistle parade regatta picnic carousel puppet marionette quilt basket kettle teapot spoon thimble button buckle "
    "saddle horseshoe beehive honeycomb birdhouse dovecote pond brook meadow hedge trellis greenhouse seedling acorn "
    "walnut chestnut pear plum quince turnip radish pumpkin barley rye clover thistle heather moss fern willow alder "
    "hazel cedar juniper sparrow heron otter badger hedgehog tortoise beetle moth cricket snail oyster mussel"
).split()
QUALITIES = (
    "public painted wooden copper silver quiet narrow broad northern southern eastern western municipal seasonal "
    "floating revolving portable antique ornamental communal winding shallow upper lower ancient weathered polished "
    "striped lacquered woven braided hollow tidal inland mountain valley evening morning midsummer midwinter"
).split()
_VERBS = (
    "registers inspects maintains repairs illuminates measures records catalogues lends displays restores numbers "
    "protects relocates paints polishes winds counts weighs seals stores waters prunes gathers delivers announces"
).split()
_BODIES = (
    "department|board|bureau|commission|council of keepers|office of records|authority|registry|guild|inspectorate"
).split("|")
_STARTS = (
    "Relates to the keeping of|Provides for the care of|Establishes a register of|Requires the yearly inspection of|"
    "Permits the lending of|Creates a fund for|Prohibits the removal of|Directs a study of|Extends the season of|"
    "Designates a week in honor of|Enacts standards for|Authorizes the moving of|Repeals outdated rules about"
).split("|")
_LAWS = (
    "Lantern Law|Ferry Law|Orchard and Garden Law|Public Clocks Law|Canal and Harbor Law|Market Law|Bell Tower Law|"
    "Kite and Regatta Law|Archive Law|General Ornament Law"
).split("|")
_PLACE_BEGINNINGS = (
    "Ash Bram Cold Dun East Fen Glen Hollow Iron Juniper Kes Long Mar New Oak Pen Quill Red Stone Thorn Under Vale "
    "West Yar Amber Birch Crow Dove Elder Fox"
).split()
_PLACE_ENDINGS = (
    "bridge brook bury combe dale ferry field ford gate grove ham haven hurst lea mere mill moor port ridge stead "
    "stone thorpe wick wood worth"
).split()
_GIVEN = (
    "Adela Barnaby Cosima Dorian Elowen Fabian Greta Horace Imelda Jasper Keziah Leopold Marguerite Nestor Odette "
    "Percival Quentin Rosalind Sylvan Tabitha Ulric Verena Wilfred Xanthe Yolanda Zebedee"
).split()
_SURNAME_BEGINNINGS = (
    "Lamp Bell Clock Kite Ferry Orchard Barrel Wind Thistle Copper Silver Marsh Fern Heron Otter Quarry Loom Anchor "
    "Beacon Almanac"
).split()
_SURNAME_ENDINGS = (
    "wright smith man keeper worthy more field by son wood ring stone water light bury brook mead ley hand song"
).split()

COMMITTEES = (
    "Lanterns|Ferries and Bells|Canals|Public Clocks|Orchards|Kites and Regattas|Markets and Fairs|Bridges|Archives|"
    "Gardens|Lighthouses|Wagons and Carriages|Mills|Fountains|Quilts and Ribbons|Beehives|Ponds and Brooks|"
    "Carousels|Trumpets and Drums|Granaries|Puppets|Hedges|Oysters and Mussels|Almanacs|Teapots|Seals and Charters|"
    "Weathervanes|Picnics|Dovecotes|Ladders"
).split("|")
ISSUES = (
    "Lighting|Waterways|Timekeeping|Fruit|Pastimes|Trade Fairs|Crossings|Record Keeping|Flowers|Seafaring|Transport|"
    "Grain|Public Squares|Needlework|Honey|Wetlands|Amusements|Music|Baking|Theater|Wildlife|Shellfish|Calendars"
).split("|")

SENTENCES_IN_POOL = 4000
WORDS_OF_MEMO = 560


def title(random: Random) -> str:
    """ "Relates to the keeping of painted lanterns and tidal ferries in Oakmere"."""
    return f"{random.choice(_STARTS)} {_thing(random)} and {_thing(random)} in {place(random)}"


def short_name(random: Random) -> str:
    return f"{random.choice(QUALITIES).title()} {_noun(random).title()} Act"


def law_section(random: Random) -> str:
    return random.choice(_LAWS)


def place(random: Random) -> str:
    """One of 750 places, each of which few bills name."""
    return random.choice(_PLACE_BEGINNINGS) + random.choice(_PLACE_ENDINGS)


def paragraph(random: Random, words: int, *, seed: int) -> str:
    """Some `words` words of sentences from the pool of this seed, with one sentence of its own."""
    pool = _pool(seed)
    told = [_sentence(random)]
    length = len(told[0].split())
    while length < words:
        sentence, count = random.choice(pool)
        told.append(sentence)
        length += count
    return " ".join(told)


def person(number: int) -> tuple[str, str]:
    """Given name and surname of the `number`th person; they repeat after 10,400, and a surname after 400."""
    surname = number * 7 % (len(_SURNAME_BEGINNINGS) * len(_SURNAME_ENDINGS))
    beginning, ending = divmod(surname, len(_SURNAME_ENDINGS))
    turn = number // (len(_SURNAME_BEGINNINGS) * len(_SURNAME_ENDINGS))
    given = _GIVEN[(number * 5 + turn) % len(_GIVEN)]
    return given, _SURNAME_BEGINNINGS[beginning] + _SURNAME_ENDINGS[ending]


def organization(number: int) -> str:
    return f"Friends of the {QUALITIES[number % len(QUALITIES)].title()} {NOUNS[number * 11 % len(NOUNS)].title()}"


@lru_cache(maxsize=4)
def _pool(seed: int) -> list[tuple[str, int]]:
    random = Random(f"sentences {seed}")
    sentences = [_sentence(random) for _ in range(SENTENCES_IN_POOL)]
    return [(sentence, len(sentence.split())) for sentence in sentences]


def _sentence(random: Random) -> str:
    begun = f"The {random.choice(_BODIES)} of {place(random)} {random.choice(_VERBS)} every {_thing(random, one=True)}"
    ends = (
        f"and {random.choice(_VERBS)} the {_thing(random)} near the {_noun(random)}",
        f"before the {random.choice(QUALITIES)} season and after the {_noun(random)} is closed",
        f"where {_with_article(_noun(random))} stands within {random.randint(2, 900)} feet of the {_noun(random)}",
        "and reports on it once a year",
    )
    return f"{begun} {random.choice(ends)}."


def _thing(random: Random, *, one: bool = False) -> str:
    noun = _noun(random)
    return f"{random.choice(QUALITIES)} {noun if one else _several(noun)}"


def _noun(random: Random) -> str:
    """The first of the list most often: a tenth of all are lanterns."""
    return NOUNS[int(len(NOUNS) * random.random() ** 2)]


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _several(noun: str) -> str:
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh")) else "s")
