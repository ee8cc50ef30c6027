"""Where companies stand by notices and events that were once misread (`data/bodacc/README.md`)."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data" / "bodacc"
OPEN = "en_cours"
LIQUIDATION, REDRESSEMENT = "Liquidation judiciaire", "Redressement judiciaire"

STANDING = {
    "a number of the répertoire des métiers alone": ("830000089", OPEN, LIQUIDATION),
    "the first of two persons": ("830000097", OPEN, LIQUIDATION),
    "the second of two persons": ("830000105", OPEN, LIQUIDATION),
    "a number of the RCS among the persons alone": ("830000113", OPEN, LIQUIDATION),
    "sortie de crise, opened": ("830000121", "issue_inconnue", "Traitement de sortie de crise : issue inconnue"),
    "sortie de crise, then a liquidation": ("830000139", OPEN, LIQUIDATION),
    "sortie de crise, then a redressement": ("830000147", OPEN, REDRESSEMENT),
    "sortie de crise, a plan": ("830000154", OPEN, "Plan de sortie de crise"),
    "a plan de redressement, worded in another way": ("830000162", OPEN, "Plan de redressement"),
    "a liquidation pronounced": ("830000170", OPEN, LIQUIDATION),
    "a day in words": ("830000188", OPEN, LIQUIDATION),
    "a day with no-break spaces": ("830000196", OPEN, LIQUIDATION),
    "a day with an hour": ("830000204", OPEN, LIQUIDATION),
    "untouched since 2010": ("830000352", "issue_inconnue", f"{REDRESSEMENT} : issue inconnue"),
    "first zeros lost": ("005520143", OPEN, LIQUIDATION),
    "an extract: the plan": ("100000009", OPEN, "Plan de redressement"),
    "an extract: the plan resolved, a liquidation": ("200000008", OPEN, LIQUIDATION),
    "an extract: the plan de sauvegarde": ("300000007", OPEN, "Plan de sauvegarde"),
    "an extract: another judgment, that its complement reports": ("400000006", OPEN, LIQUIDATION),
    "an extract: the plan de cession": ("500000005", OPEN, REDRESSEMENT),
    "Urssaf closes a liquidation for want of assets": ("830000329", None, None),
    "Urssaf gives up a redressement": ("830000337", None, None),
    "Urssaf gives up a sauvegarde": ("830000345", None, None),
}


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    """A month that delivers them all."""
    made = chain_at(tmp_path_factory.mktemp("published"))
    folder = made.deliver("2611")
    for file in DATA.glob("*.json"):
        shutil.copy(file, folder)
    shutil.copy(DATA / "sigfaible_pcoll.csv", folder)
    return made, made.compute("2611", "current_procedures", "procedures_chronology", filtered=False)


def test_nothing_is_refused(ran):
    _, outcome = ran
    assert [(file.report["rows_rejected"], file.name) for file in outcome.files.delivered["bodacc"]
            if file.report["rows_rejected"]] == []  # fmt: skip


@pytest.mark.parametrize(("siren", "situation", "label"), STANDING.values(), ids=STANDING)
def test_where_a_company_stands(ran, siren, situation, label):
    made, outcome = ran
    found = {row["siren"]: row for row in made.rows(outcome.snapshot, "current_procedures")}
    row = found.get(siren, {"situation": None, "libelle_procol": None})
    assert (row["situation"], row["libelle_procol"]) == (situation, label)


@pytest.mark.parametrize("siren", ["830000188", "830000196", "830000204"])
def test_the_day_is_that_of_the_judgment(ran, siren):
    made, outcome = ran
    days = {row["siren"]: row["date_bodacc"] for row in made.rows(outcome.snapshot, "procedures_chronology")}
    assert days[siren] == date(2025, 6, 4)


@pytest.fixture(scope="module")
def misread(chain_at, tmp_path_factory):
    """A month whose notices and events cannot all be read."""
    made = chain_at(tmp_path_factory.mktemp("misread"))
    judgment = {"famille": "Extrait de jugement", "nature": "Autre jugement et ordonnance", "date": "2026-01-10"}
    notice = {"dateparution": "2026-01-20", "typeavis": "annonce", "familleavis": "collective", "tribunal": "TC"}
    notices = [
        {"id": "A1", "registre": ["830000188"], "jugement": json.dumps(judgment)},
        {"id": "A202600001", "registre": ["830 000 196", "830000212"], "jugement": "{nature"},
        {"id": "A202600002", "registre": ["830000220"], "jugement": "{nature"},
        {"id": "A3", "registre": ["830000204"], "jugement": None, "typeavis": "annulation",
         "parutionavisprecedent": json.dumps({"nomPublication": "BODACC A", "numeroParution": "20260001"})},
        {"id": "A4", "registre": None, "jugement": None, "typeavis": "annulation",
         "parutionavisprecedent": json.dumps(
             {"nomPublication": "BODACC A", "numeroParution": "20260001", "numeroAnnonce": "7"})},
        {"id": "A202600017", "registre": ["830000162"], "jugement": json.dumps(judgment)},
        *({"id": f"B{n}", "registre": ["830000170"], "jugement": json.dumps(
            judgment | {"nature": "Jugement d'interdiction de gérer"})} for n in range(200)),
    ]  # fmt: skip
    folder = made.deliver(
        "2601",
        sigfaible_pcoll="Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n"
        + "83000012100011;830000121;01JAN2026;1;Conciliation_ouverture\n"
        + "83000013900011;830000139;01JAN2020;1;Sauvegarde_Ouverture\n" * 200,
    )
    (folder / "annonces-commerciales.json").write_text(json.dumps([notice | one for one in notices]), encoding="utf-8")
    right = notice | {"id": "A202600002", "registre": ["830000220"], "jugement": json.dumps(
        judgment | {"nature": "Jugement d'interdiction de gérer"})}  # fmt: skip
    (folder / "annonces-commerciales-2.json").write_text(json.dumps([right]), encoding="utf-8")
    return made, made.compute("2601", "current_procedures", "judgments_to_read", filtered=False)


TO_READ = {
    "830000188": "la décision n'est pas nommée",
    "830000196": "jugement n'est pas un objet JSON",
    "830000212": "jugement n'est pas un objet JSON",
    "830000204": "défait une décision que l'on ne retrouve pas",
    "830000121": "Lib_actx_stdx ne nomme ni liquidation, ni redressement, ni sauvegarde (libellé à faire connaître)",
}


def test_what_was_refused_or_not_understood_is_to_be_read(misread):
    """Also what Urssaf says that was refused; a notice that another cancels without siren is not to be read."""
    made, outcome = misread
    assert {row["siren"]: row["motif"] for row in made.rows(outcome.snapshot, "judgments_to_read")} == TO_READ
    current = {row["siren"]: row["situation"] for row in made.rows(outcome.snapshot, "current_procedures")}
    assert {siren: current[siren] for siren in TO_READ} == dict.fromkeys(TO_READ, "a_lire")
    assert "830000220" not in current, "another file has right the notice that was refused"
    assert "830000170" not in current, "the ban of a person keeps no company from being in bonis"
