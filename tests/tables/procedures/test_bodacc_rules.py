"""Every wording of a judgment met in BODACC, with what is read of it.

`data/wordings.csv` holds the natures published from 2008 to 2026 without capitals nor accents, natures and complements
read in public code and in the records of the open API, and what must not be mistaken for them.
`data/wordings_tried.csv` holds longer ones: whole complements as registries write them, and endings beside which
something goes on.
"""

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from harness.rules import on_every_engine
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.tables.procedures import bodacc_rules
from signaux_faibles.tables.procedures.bodacc import BODACC_VERDICTS, bodacc_verdicts
from signaux_faibles.tables.procedures.bodacc_rules import ACT, ASIDE, EVENT, WITHDRAWAL, rules

DATA = Path(__file__).parent / "data"
KNOWN, TRIED = (
    list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines(), delimiter=";"))
    for name in ("wordings.csv", "wordings_tried.csv")
)
WORDINGS = KNOWN + TRIED


def reported(row: dict[str, str | None]) -> str:
    """A verdict in the words of the file."""
    if row["effet"] == EVENT:
        return f"{row['action_procol']} {row['stade_procol']}"
    if row["effet"] == WITHDRAWAL:
        return f"retrait {row['action_procol'] or '*'}"
    if row["effet"] == ASIDE:
        return ACT if row["stade_procol"] == ACT else ASIDE
    return row["effet"] or "inconnu"


def verdicts(engine, wordings):
    """What is read of wordings, in their order."""
    staged = [
        {
            **{name: wording.get(name) or None for name in ("famille", "nature", "complement", "avis_precedent")},
            "siren": "100000001", "id": f"A{n:05d}", "batch": "2601", "file": "f.json", "line": n,
        }
        for n, wording in enumerate(wordings)
    ]  # fmt: skip
    table = engine.from_arrow(pa.Table.from_pylist(staged, schema=BODACC.staging.arrow))
    return engine.collect(bodacc_verdicts(table), BODACC_VERDICTS).to_pylist()


@on_every_engine
def test_every_wording_has_its_verdict(engine):
    found = verdicts(engine, WORDINGS)
    texts = ("famille", "nature", "complement")
    wrong = [
        f"{' ; '.join(row[name] or '' for name in texts)} : {reported(row)} au lieu de {wording['verdict']}"
        for row, wording in zip(found, WORDINGS, strict=True)
        if reported(row) != wording["verdict"]
    ]
    assert not wrong, "\n".join(wrong)
    never = {rule.number for rule in rules()} - {row["regle"] for row in found}
    assert not never, "every rule reads a wording of the file"


@on_every_engine
def test_a_nature_is_read_whatever_the_hand_that_wrote_it(engine):
    nature = "jugement d'ouverture de liquidation judiciaire"
    written = [
        nature.upper(), nature.title(), nature.replace("'", "’"), nature.replace("'", " "), f"  {nature}.",
        nature.replace(" ", "\u00a0"), nature.replace(" ", "\u202f"), nature.replace(" ", "\t"), f"{nature} :",
        nature.replace("judiciaire", "judiciaires"), nature.replace("u", "u\u200b"),
        "Jugement d'ouverture d'une procédure de liquidation judiciaire", "Liquidation judiciaire",
        "Jugement d'ouverture d'une procédure de liquidation judiciaire simplifiée", "Ouverture de LJ",
    ]  # fmt: skip
    found = verdicts(engine, [{"nature": text} for text in written])
    assert [(row["nature"], reported(row)) for row in found] == [(text, "liquidation ouverture") for text in written]


@on_every_engine
def test_accents_count_for_nothing_however_they_are_encoded(engine):
    nature = "Rétractation de prononcé de redressement judiciaire sur tierce opposition"
    bare = nature.replace("é", "e")
    found = verdicts(engine, [{"nature": text} for text in (nature, bare, nature.replace("é", "e\u0301"))])
    assert [reported(row) for row in found] == ["retrait redressement"] * 3


ABSORBED = {
    "liquidation": "redressement sortie_de_crise sauvegarde",
    "redressement": "sortie_de_crise sauvegarde",
    "sortie_de_crise": "sauvegarde",
    "sauvegarde": None,
}


@on_every_engine
def test_an_opening_brings_the_milder_procedures_to_their_end(engine):
    """A company that has ceased to pay may ask for a traitement de sortie de crise (law 2021-689), not a sauvegarde."""
    natures = [f"Jugement d'ouverture de {kind.replace('_', ' ')}" for kind in ABSORBED]
    found = verdicts(engine, [{"nature": nature} for nature in natures])
    assert {row["action_procol"]: row["absorbe"] for row in found} == ABSORBED


def test_the_natures_met_are_all_there():
    assert len([one for one in KNOWN if one["source"] == "natures publiées"]) == 78


def test_the_rules_speak_the_vocabulary_of_procol():
    assert {rule.action for rule in rules()} == {*ABSORBED, None}
    assert {rule.stage for rule in rules()} == {
        "ouverture", "plan_continuation", "plan_cession", "fin_procedure", ACT, None,
    }  # fmt: skip
    assert all(rule.reason for rule in rules())


NOTHING = dict.fromkeys(("famille", "nature", "complement", "ensemble", "action", "stade", "absorbe", "motif"), "")


@pytest.mark.parametrize(
    "line",
    [
        {"effet": "sans_effet"},
        {"nature": "jugement", "effet": "peut-être"},
        {"nature": "jugement", "effet": "evenement", "absorbe": "tout"},
    ],
)
def test_a_rule_that_says_nothing_is_refused(line):
    with pytest.raises(ValueError, match="rule 1"):
        bodacc_rules.of_line(1, NOTHING | {"nommee": ""} | line)
