"""No wording of BODACC leaves a company in bonis without having been understood, whatever it says.

« Calm » is a verdict after which a company may be in bonis: the end of a procedure, the undoing of one, or no effect.
"""

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import Phase, assume, given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import TEXT, table
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_VERDICTS,
    bodacc_events,
    bodacc_verdicts,
    standing,
)
from signaux_faibles.tables.procedures.bodacc_reading import words
from signaux_faibles.tables.procedures.bodacc_rules import ACT, ASIDE, WITHDRAWAL
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY, procedures_chronology
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.procedures.situations import CURRENT_PROCEDURES, current_procedures
from signaux_faibles.tables.procedures.to_read import judgments_to_read

DAY = date(2026, 1, 31)
FOUND = (Phase.explicit, Phase.generate)
"""A list of wordings is not made smaller: the assertion shows those that fail alone, and each trial costs seconds."""
SEVERAL = {"min_size": 60, "max_size": 120}
LINES = (Path(__file__).parent / "data" / "wordings.csv").read_text(encoding="utf-8").splitlines()[1:]
KNOWN = [line.split(";") for line in LINES]
NATURES = sorted({nature for family, nature, *_ in KNOWN if not family})
COMPLEMENTS = sorted({complement for _, _, complement, *_ in KNOWN})
OPENINGS = [
    "prononce la liquidation judiciaire", "ouvre une procédure de redressement judiciaire",
    "ouvrant une procédure de sauvegarde", "convertit la sauvegarde en liquidation judiciaire",
    "Jugement prononçant à l'encontre de la SARL DUPONT la liquidation judiciaire simplifiée",
    "étend à la société DUPONT la liquidation judiciaire", "reprise de la liquidation judiciaire",
    "mise en redressement judiciaire", "place la société en liquidation judiciaire",
    "la résolution du plan de redressement et la liquidation judiciaire", "rouvre la liquidation judiciaire",
    "ouvrant une procédure de traitement de sortie de crise",
]  # fmt: skip
REFUSALS = [
    "rejette la demande", "rejette la requête en redressement judiciaire", "déboute le créancier",
    "dit n'y avoir lieu à redressement judiciaire", "refuse d'ouvrir une sauvegarde", "demande irrecevable",
    "rejette le plan de redressement", "rejette la demande de conversion",
]  # fmt: skip
NAMED = re.compile("d[ée]sign|rempl", re.IGNORECASE)
"""A nature that appoints or replaces people: words that nobody knows are their names."""
TRADE = sorted({word for nature in NATURES for word in nature.split()} | {"non", "et", "ou", "sauf", "puis", "en"})


@st.composite
def with_unknown_word(draw):
    """A nature that names nobody, in which a word that nobody knows stands somewhere, beside a complement."""
    stranger = draw(st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12))
    assume(not any(re.fullmatch(pattern, stranger) for pattern, token in words() if token not in ("x", "ALARME")))
    said = draw(st.sampled_from([nature for nature in NATURES if not NAMED.search(nature)]))
    place = draw(st.integers(0, len(said.split())))
    return " ".join([*said.split()[:place], stranger, *said.split()[place:]]), draw(st.sampled_from(COMPLEMENTS))


@st.composite
def with_an_opening(draw):
    """Any nature, and a complement in which one sentence opens a procedure, whatever others refuse."""
    sentences = draw(st.lists(st.sampled_from([*COMPLEMENTS, *REFUSALS]), max_size=2))
    sentences.insert(draw(st.integers(0, len(sentences))), draw(st.sampled_from(OPENINGS)))
    return draw(st.sampled_from(NATURES)), ". ".join(sentence for sentence in sentences if sentence)


END_NAMED = [
    "la clôture de la liquidation judiciaire", "la clôture pour insuffisance d'actif de la liquidation judiciaire",
    "la fin de la procédure de redressement judiciaire", "la clôture de la procédure de sauvegarde",
    "l'achèvement du plan de redressement", "la clôture de la procédure",
]  # fmt: skip
NOT_DONE = [
    "requête en {}", "demande de {}", "sur la demande tendant à {}", "assignation aux fins de {}", "fixe la date de {}",
    "reporte {}", "ajourne {}", "diffère {}", "sursoit à {}", "refuse {}", "rejette {}", "opposition à {}",
    "conteste {}", "en vue de {}", "avant {}", "avant de prononcer {}", "après {}", "jusqu'à {}",
    "jusqu'au prononcé de {}", "dans l'attente de {}", "sous réserve de {}", "à défaut de {}", "sans {}",
    "sans prononcer {}", "examen de {}", "audience de {}", "convocation pour {}", "renvoi de {}", "proroge {}",
    "prolonge le délai de {}", "fixe le délai au terme duquel {} devra être examinée", "projet de {}",
    "rapport sur {}", "autorise {}", "envisage {}", "prévoit {}", "infirme {}", "annule {}", "rétracte {}",
    "rapporte {}", "suspend {}", "met à néant {}", "dit n'y avoir lieu à {}", "ne prononce pas {}",
    "constate que les conditions de {} ne sont pas réunies", "constate l'impossibilité de {}", "mission de {}",
    "désigne Me Dupont pour {}", "nomme Me Dupont chargé de {}", "tierce opposition à {}", "appel de {}",
    "déclare irrecevable {}", "rouvre les débats sur {}", "statue sur {}", "se prononcera sur {}",
    "invite le liquidateur à requérir {}", "postérieurement à {}", "lors de {}", "à compter de {}",
    "{} sera prononcée ultérieurement", "{} est renvoyée", "{} est ajournée", "{} n'est pas prononcée",
    "{} interviendra le 3 mars 2030", "{} prévue le 3 mars 2030", "{} est fixée au 3 mars 2030", "{} dans deux ans",
    "{} impossible", "{} prématurée", "{} annulée", "{} suspendue", "{} en cours", "{} sollicitée", "{} partielle",
    "{} frappée d'appel", "{} contestée", "{} s'il y a lieu",
]  # fmt: skip
UNNAMED = [
    "Autre jugement et ordonnance", "Autre jugement de clôture", "Autre jugement prononçant",
    "Jugement mettant fin à la procédure de redressement judiciaire", "Autre arrêt de la Cour d'Appel",
]  # fmt: skip
"""Natures that leave it to the complement to say what is decided, or with which any other word is at odds."""

ENDINGS = [
    nature
    for nature in NATURES
    if re.search("mettant fin|r[ée]solution du plan de (red|sauv|cont)|cl[oô]ture de la procedure", nature)
    and not re.search("ouvrant|et l[ae]|liquidation", nature)
]
GOING_ON = [
    "et désignant Me {} liquidateur", "nomme liquidateur la SELARL {}", "liquidateur judiciaire : {}",
    "les créances sont à déclarer auprès de Me {}", "date de cessation des paiements : {}",
    "période d'observation de six mois, administrateur {}", "commissaire à l'exécution du plan {}",
    "fixe la durée du plan à dix ans, {}", "la procédure se poursuit à l'égard de {}", "publié par erreur, {}",
    "appel interjeté par {}", "au profit de {}",
]  # fmt: skip


@st.composite
def ending_beside_what_goes_on(draw):
    """A nature that ends a redressement, a sauvegarde or a plan, and a complement in which somebody is named."""
    name = draw(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12))
    assume(not any(re.fullmatch(pattern, name) for pattern, token in words() if token != "x"))
    return draw(st.sampled_from(ENDINGS)), draw(st.sampled_from(GOING_ON)).format(name)


met = st.tuples(st.sampled_from(NATURES), st.sampled_from(COMPLEMENTS))
random_text = st.tuples(st.text(max_size=80), st.text(max_size=200))
random_words = st.tuples(*[st.lists(st.sampled_from(TRADE), max_size=12).map(" ".join)] * 2)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("wordings"), memory_limit="2GB") as session:
        yield session


def staged(engine, wordings):
    """A notice a company, published on one day."""
    rows = [
        {"siren": f"{n:09d}", "id": f"A{n:09d}", "nature": nature or None, "complement": complement or None,
         "date_parution": DAY, "date_jugement": DAY, "batch": "2601", "file": "f.json", "line": n}
        for n, (nature, complement) in enumerate(wordings)
    ]  # fmt: skip
    return engine.from_arrow(pa.Table.from_pylist(rows, schema=BODACC.staging.arrow))


def read(engine, wordings):
    """What is read of each wording, with its verdict."""
    found = engine.collect(bodacc_verdicts(staged(engine, wordings)), BODACC_VERDICTS).to_pylist()
    return [(row["nature"], row["complement"], row) for row in found]


def calm(verdict):
    return verdict["effet"] in (WITHDRAWAL, ASIDE) or verdict["stade_procol"] == "fin_procedure"


@tried(3, phases=FOUND)
@given(st.lists(with_unknown_word(), **SEVERAL))
def test_a_nature_with_a_word_that_nobody_knows_is_never_calm(duck, wordings):
    assert [said for *said, verdict in read(duck, wordings) if calm(verdict)] == []


@tried(3, phases=FOUND)
@given(st.lists(with_an_opening(), **SEVERAL))
def test_an_opening_said_anywhere_is_never_calm(duck, wordings):
    assert [said for *said, verdict in read(duck, wordings) if calm(verdict)] == []


@tried(3, phases=FOUND)
@given(st.lists(ending_beside_what_goes_on(), **SEVERAL))
def test_an_ending_beside_what_goes_on_is_never_calm(duck, wordings):
    assert [said for *said, verdict in read(duck, wordings) if calm(verdict)] == []


def test_an_end_that_is_asked_fixed_or_foreseen_ends_nothing(duck):
    """Each way of naming each end without pronouncing it, under each nature: but for acts, it is to be read."""
    wordings = [(nature, said.format(end)) for nature in UNNAMED for said in NOT_DONE for end in END_NAMED]
    found = [said for *said, verdict in read(duck, wordings) if calm(verdict) and verdict["stade_procol"] != ACT]
    assert found == []


@tried(3, phases=FOUND)
@given(st.lists(random_text, **SEVERAL))
def test_a_text_that_says_nothing_is_never_calm(duck, wordings):
    assert [said for *said, verdict in read(duck, wordings) if calm(verdict)] == []


def one_letter_wrong(text, place, letter):
    return text[:place] + letter + text[place + 1 :]


def test_one_letter_wrong_makes_nothing_calm(duck):
    """Each letter of each known wording, missing, replaced by a blank or by another; a word of one letter is a name."""
    known = {(nature, complement) for _, nature, complement, *_ in KNOWN}
    before = [
        (nature or "", complement or "") for nature, complement, verdict in read(duck, known) if not calm(verdict)
    ]
    wrong = {
        made
        for letter in ("", " ", "n")
        for nature, complement in before
        for made in (
            *((text, complement) for text in letters_wrong(nature, letter)),
            *((nature, text) for text in letters_wrong(complement, letter)),
        )
    }
    assert len(wrong) > 20_000
    assert [said for *said, verdict in read(duck, wrong - known) if calm(verdict)] == []


def letters_wrong(text, letter):
    """A text as often as it has letters, one of which is another each time."""
    places = [place for word in re.finditer(r"\w{2,}", text) for place in range(*word.span())]
    return [one_letter_wrong(text, place, letter) for place in places]


REFUSED = table("refused", ("siren",), "", siren=TEXT, id=TEXT, motif=TEXT)


def not_in_bonis(engine, wordings):
    """The companies that something keeps from being in bonis, each with one notice and nothing from Urssaf."""
    verdicts = engine.from_arrow(engine.collect(bodacc_verdicts(staged(engine, wordings)), BODACC_VERDICTS))
    events = engine.from_arrow(engine.collect(bodacc_events(verdicts), BODACC_EVENTS))
    urssaf = engine.from_arrow(KNOWN_PROCOL.arrow.empty_table())
    chronology = engine.from_arrow(
        engine.collect(procedures_chronology(urssaf, standing(events)), PROCEDURES_CHRONOLOGY)
    )
    to_read = judgments_to_read(verdicts, chronology, engine.from_arrow(REFUSED.arrow.empty_table()))
    current = current_procedures(chronology, verdicts, to_read, DAY)
    return {row["siren"] for row in engine.collect(current, CURRENT_PROCEDURES).to_pylist()}


@tried(3, phases=FOUND)
@given(st.lists(st.one_of(met, random_words, random_text, with_an_opening()), **SEVERAL))
def test_in_bonis_is_said_of_what_was_understood_alone(duck, wordings):
    """An act of a procedure that nobody opened, the undoing of what nobody knows, leave a company to be looked at."""
    found = read(duck, wordings)
    apart = not_in_bonis(duck, wordings)
    for nature, complement, verdict in found:
        ended = verdict["stade_procol"] == "fin_procedure"
        understood = ended or (verdict["effet"] == ASIDE and verdict["stade_procol"] != ACT)
        assert (verdict["siren"] in apart) != understood, (nature, complement)
