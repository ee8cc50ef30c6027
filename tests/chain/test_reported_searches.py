"""Texts that users of neighbouring services typed in vain, and the company that each must find (`data/searches`)."""

import shutil
from pathlib import Path

import pytest

from signaux_faibles.snapshot.search.identifiers import identifiers
from signaux_faibles.snapshot.served.company import cards_of
from signaux_faibles.snapshot.shelf import Shelf

DATA = Path(__file__).parent / "data" / "searches"
BY_NUMBER = "900024662"
FOUND = {
    "total energix": "TOTALENERGIX SE",
    "fit labx": "FITLABX",
    "fitlabz": "FIT LABZ",
    "SNKF": "S.N.K.F. FERROVIAIRE",
    "SNTF": "S N T F BATIMENT",
    "loreol": "L'OREOL",
    "RMAV": "REGIE MECANIQUE DES ATELIERS VOSGIENS",
    "ALICE DELYCE": "SOCIETE HOLDER 12",
    "clyn d'oeil": "DIEFFIX OPTIC",
    "zorrix": "MOREUX PAUL EI",
    "orange": "ORANGE",
    "Q": "Q",
    "clinique st vincenx": "CLINIQUE SAINT VINCENX",
    "societe des eaux du vercorx": "STE DES EAUX DU VERCORX",
    "duponx et fils": "DUPONX & FILS",
    "duponx & fils": "DUPONX & FILS",
    "charpentes 20000": "CHARPENTES INSULAIRES",
    "fonderie bellegarde": "FONDERIE ALPINE",
    "fonderie valserhone": "FONDERIE ALPINE",
    "tissage saint-champ": "TISSAGE ANCIEN",
    "banquix monaco": "BANQUIX DU ROCHER",
    "charpentes 2A": "CHARPENTES INSULAIRES",
}
NUMBERS = [f"FR40{BY_NUMBER}", f"FR 40 {BY_NUMBER}", f"SIREN {BY_NUMBER}", "RCS NANTERRE 900 024 662"]


@pytest.fixture(scope="module")
def register(chain_at, tmp_path_factory):
    """The register as pages search it."""
    made = chain_at(tmp_path_factory.mktemp("searches"))
    folder = made.deliveries / "2610"
    folder.mkdir(parents=True)
    for file in DATA.glob("*.csv"):
        shutil.copy(file, folder)
    outcome = made.run("2610", filtered=False)
    with Shelf(made.home).pinned(outcome.snapshot) as snapshot:
        yield snapshot


def first(register, text):
    ranks = register.search(text).ranks
    return cards_of(register, ranks[:1])[0].registered if ranks else None


@pytest.mark.parametrize(("typed", "name"), FOUND.items())
def test_what_was_typed_in_vain_finds_the_company_first(register, typed, name):
    found = first(register, typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_inside_a_text_is_that_of_its_company(typed):
    assert [one.siren for one in identifiers(typed)] == [BY_NUMBER]
