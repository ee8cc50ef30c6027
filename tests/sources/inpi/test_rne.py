"""Companies of the register: their directors, people or companies, and nothing more of people than needed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from signaux_faibles.sources.discovery import contract_of
from signaux_faibles.sources.inpi.rne import RNE
from sources.delivered import DATA, Outcome, read_file

SIREN = "123456789"
AS_MET = DATA / "as_met"

PERSON = {
    "roleEntreprise": "30", "typeDePersonne": "INDIVIDU", "actif": True,
    "individu": {"descriptionPersonne": {
        "nom": "DUPONT", "nomUsage": "MARTIN", "prenoms": ["Léa", "Anne"], "dateDeNaissance": "1970-05-17",
        "dateEffetRoleDeclarant": "2019-03-01",
    }},
}  # fmt: skip
COMPANY = {
    "roleEntreprise": "73",
    "typeDePersonne": "ENTREPRISE",
    "entreprise": {"siren": "987654321", "denomination": "HOLDING"},
}


def company(*powers: dict[str, Any], siren: object = "123456789", **changes: object) -> dict[str, Any]:
    """The document of a company; `changes` are of `personneMorale`."""
    identity = {
        "siren": siren, "denomination": "ÉPICERIE", "formeJuridique": "5499", "dateImmat": "2010-01-04T00:00:00",
        "codeApe": "4711B",
    }  # fmt: skip
    legal = {"identite": {"entreprise": identity}, "composition": {"pouvoirs": list(powers)}} | changes
    return {"updatedAt": "2024-02-03T04:05:06+01:00", "formality": {"content": {"personneMorale": legal}}}


def read(folder: Path, *documents: object) -> Outcome:
    path = folder / "rne_entreprises.json"
    path.write_bytes(json.dumps(documents).encode())
    return read_file(path, "rne")


def test_each_director_is_a_row(tmp_path):
    person, legal = read(tmp_path, company(PERSON, COMPANY)).rows
    assert (person["siren"], person["denomination"], person["forme_juridique"]) == ("123456789", "ÉPICERIE", "5499")
    assert (person["date_immatriculation"], person["date_mise_a_jour"]) == (date(2010, 1, 4), date(2024, 2, 3))
    assert (person["rang"], person["role"], person["type_personne"], person["actif"]) == (1, "30", "INDIVIDU", True)
    assert (person["nom"], person["nom_usage"], person["prenoms"]) == ("DUPONT", "MARTIN", "Léa,Anne")
    assert (person["date_effet"], person["siren_dirigeant"]) == (date(2019, 3, 1), None)
    assert (legal["rang"], legal["role"], legal["siren_dirigeant"]) == (2, "73", "987654321")
    assert (legal["denomination_dirigeant"], legal["nom"], legal["actif"]) == ("HOLDING", None, None)


def test_the_day_of_birth_is_kept_nowhere(tmp_path):
    """Neither in the rows, nor in what is reported of a refused document."""
    outcome = read(tmp_path, company(PERSON), company(PERSON, siren="12345678X"))
    assert [row["mois_naissance"] for row in outcome.rows] == ["1970-05"]
    assert outcome.counts == (2, 1, 1, 0)
    reported = f"{outcome.rows} {outcome.rejects} {outcome.report}"
    assert "05-17" not in reported
    assert "DUPONT" not in str(outcome.rejects)
    assert outcome.rejects[0].content == "rne_entreprises.json : document 2, siren 12345678X"


@pytest.mark.parametrize("text", ["1970", "17/05/1970", "1970-13", "0970-05"])
def test_an_unreadable_birth_is_unknown_and_counted(tmp_path, text):
    damaged = json.loads(json.dumps(PERSON).replace("1970-05-17", text))
    outcome = read(tmp_path, company(damaged, damaged))
    assert [row["mois_naissance"] for row in outcome.rows] == [None, None]
    assert outcome.report.unknowns == {"individu.descriptionPersonne.dateDeNaissance": 2}


NOBODY = "entreprise sans dirigeant déclaré"
PARTIAL = "document partiel : il ne dit rien des dirigeants"


@pytest.mark.parametrize(
    ("changes", "listed", "doubt"),
    [
        ({}, True, NOBODY),
        ({"composition": None}, False, PARTIAL),
        ({"composition": {}}, False, PARTIAL),
        ({"composition": {"pouvoirs": None}}, False, PARTIAL),
    ],
)
def test_a_company_without_director_is_one_row(tmp_path, changes, listed, doubt):
    outcome = read(tmp_path, company(**changes))
    (row,) = outcome.rows
    assert (row["siren"], row["rang"], row["role"], row["dirigeants_dits"]) == ("123456789", None, None, listed)
    assert outcome.report.doubts == {doubt: 1}


def test_a_later_partial_document_is_read_and_says_nothing_of_directors():
    rows = read_file(AS_MET / "partial_document_rne.json", "rne").rows
    assert [(row["date_mise_a_jour"], row["dirigeants_dits"], row["role"]) for row in rows] == [
        (date(2024, 1, 1), True, "30"), (date(2024, 1, 1), True, "73"), (date(2025, 3, 18), False, None),
    ]  # fmt: skip


def test_the_role_is_read_in_the_three_places_of_the_register():
    rows = read_file(AS_MET / "roles_in_three_places_rne.json", "rne").rows
    assert [(row["role"], row["role_precise"]) for row in rows] == [
        ("75", None), ("30", None), ("99", "Membre du conseil d'administration"),
    ]  # fmt: skip


PLACES: dict[str, tuple[dict[str, Any], str, object]] = {
    "the siren, beside the formality": ({"siren": "830000048"}, "siren", "830000048"),
    "the siren, in the formality": ({"formality": {"siren": "830000048"}}, "siren", "830000048"),
    "the day, in the formality": (
        {"siren": "830000048", "formality": {"updated": "2024-02-03T23:30:00Z"}}, "date_mise_a_jour", date(2024, 2, 4),
    ),
    "the activity, in the formality": (
        {"siren": "830000048", "formality": {"codeAPE": " 4711B"}}, "code_ape", "4711B",
    ),
    "the legal form, of the creation": (
        {"siren": "830000048", "formality": {"content": {"natureCreation": {"formeJuridique": "5499"}}}},
        "forme_juridique", "5499",
    ),
    "the striking off, by INSEE": (
        {"siren": 830000048, "formality": {"content": {"natureCessationEntreprise": {"dateRadiation": "2023-05-06"}}}},
        "date_radiation", date(2023, 5, 6),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "column", "value"), PLACES.values(), ids=PLACES)
def test_a_value_is_read_where_a_partial_document_holds_it(tmp_path, document, column, value):
    (row,) = read(tmp_path, document).rows
    assert (row[column], row["dirigeants_dits"]) == (value, False)


def test_the_first_place_that_holds_a_text_counts(tmp_path):
    both = PERSON | {"roleEntreprise": "", "entreprise": {"roleEntreprise": " 73 "}}
    document = company(both, PERSON | {"entreprise": {"roleEntreprise": "73"}}) | {"siren": "830000048"}
    rows = read(tmp_path, document).rows
    assert [(row["siren"], row["role"]) for row in rows] == [("123456789", "73"), ("123456789", "30")]


def test_the_changes_of_a_day_wrap_each_company(tmp_path):
    """`/companies/diff` gives `{"company": {…}}`, saved one a line."""
    path = tmp_path / "rne_flux_2024-02-03.json"
    path.write_text("".join(json.dumps({"company": company(PERSON, siren=s)}) + "\n" for s in (SIREN, "830000048")))
    outcome = read_file(path, "rne")
    assert [row["siren"] for row in outcome.rows] == [SIREN, "830000048"]


def test_a_company_that_ended_says_since_when(tmp_path):
    ended = {"dateRadiation": "2023-05-06", "dateEffet": "2023-04-30", "dateCessationTotaleActivite": "x"}
    outcome = read(tmp_path, company(PERSON, detailCessationEntreprise=ended))
    (row,) = outcome.rows
    assert (row["date_radiation"], row["date_effet_cessation"]) == (date(2023, 5, 6), date(2023, 4, 30))
    assert row["date_cessation"] is None
    assert list(outcome.report.unknowns.values()) == [1]


def test_a_sole_trader_is_left_aside(tmp_path):
    trader = {"formality": {"content": {"personnePhysique": {"identite": {"entrepreneur": {}}}}}}
    outcome = read(tmp_path, trader, company(PERSON))
    assert outcome.counts == (2, 1, 0, 1)


def of_two_companies(siren: str) -> dict[str, Any]:
    document = company(PERSON)
    return document | {"formality": document["formality"] | {"siren": siren}}


REFUSED = {
    "no company": ({"formality": {}}, "siren est vide"),
    "powers that are none": (company(composition={"pouvoirs": ["x"]}), "n'est pas une liste d'objets"),
    "too long a role": (company(PERSON | {"roleEntreprise": "x" * 11}), "rang 1 xxxxxxxxxxx : roleEntreprise : texte"),
    "no object": ("x", "ce n'est pas un objet JSON"),
    "the formality of another company": (of_two_companies("830000048"), "celle d'une autre entreprise"),
    "the same, spaced": (of_two_companies("830 000 048"), "celle d'une autre entreprise"),
}


@pytest.mark.parametrize(("bad", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_document_is_one_reject(tmp_path, bad, reason):
    outcome = read(tmp_path, company(PERSON), bad, company(COMPANY))
    assert outcome.counts == (3, 2, 1, 0)
    assert reason in outcome.reasons[0]


def test_a_formality_that_repeats_its_siren_in_another_spelling_is_kept(tmp_path):
    outcome = read(tmp_path, of_two_companies("123 456 789"))
    assert [row["siren"] for row in outcome.rows] == [SIREN]


@pytest.mark.parametrize("name", ["rne_entreprises.jsonl.gz", "rne_entreprises_2024-11.json", "rne_entreprises.zip"])
def test_names_are_known(name):
    assert contract_of(name) is RNE
