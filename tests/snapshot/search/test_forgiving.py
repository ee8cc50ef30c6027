"""What an agent types, and the company that they find first: misspellings, abbreviations, other names, places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.snapshot.search.companies import NAME_MARK, IndexedCompany, OtherNameKind
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.search.index import RegisterIndex
from signaux_faibles.snapshot.search.places import gazetteer, postcode_place
from signaux_faibles.snapshot.search.reading import LONGEST_TEXT
from signaux_faibles.snapshot.search.writing import build_register_index
from signaux_faibles.tables.register.trade_names import ACRONYM, SIGN, USUAL_NAME

REGISTER = """
    BATIMENT MARVARIVE           | 16102 | 16100 | F | 48  |
    BOULANGERIE DUPONT           | 87085 | 87000 | C | 12  |                        | redressement
    MARTINEZ AUTOCARS            | 42218 | 42000 | H | 300 |
    GARAGE MARTIN                | 30189 | 30000 | G | 20  |
    COMPAGNIE DES PONTS          | 37150 | 37700 | F | 9   | enseigne LE FOURNIL
    MARTIN ET FILS               | 87085 | 87000 | G |     |
    SOCIETE NATIONALE DES RAILS  | 75112 | 75012 | H |     | sigle S.N.R.
    AUBERGE                      | 74010 | 74940 | I |     |
    AUBERGE DU LAC D'ANNECY      | 74010 | 74000 | I | 11  |
    STE GENERALE DE MECANIQUE    | 2A004 | 20000 | C |     |
    CHARPENTES SAINT-ETIENNE     | 35238 | 35000 | F |     | dénomination usuelle Chez Léo
    CŒUR & ŒUVRES                | 30189 | 30000 | Q |     |
    PONTOISE NETTOYAGE           | 95500 | 95300 | N |     |
    CHARENTE BOIS                | 33063 | 33000 | C |     |
    MECANIQUE BRETONNE           | 35238 | 35000 | C |     |
"""
"""Name, town, postcode, section, headcount, other name, procedure; in order of importance."""
FOUND = {
    "one letter wrong": ("marvarve", "BATIMENT MARVARIVE"),
    "a beginning, and a word with two letters wrong": ("batimen marvarrive", "BATIMENT MARVARIVE"),
    "two letters wrong in a long word": ("boulongeri dupond", "BOULANGERIE DUPONT"),
    "two letters swapped": ("boulangeire", "BOULANGERIE DUPONT"),
    "the first letter wrong": ("doulangerie", "BOULANGERIE DUPONT"),
    "a wrong town": ("garage nimmes", "GARAGE MARTIN"),
    "words joined": ("mecaniquebretonne", "MECANIQUE BRETONNE"),
    "words joined, and another": ("rails societenationale", "SOCIETE NATIONALE DES RAILS"),
    "a word split": ("bou langerie dupont", "BOULANGERIE DUPONT"),
    "words in another order": ("marv bat", "BATIMENT MARVARIVE"),
    "st for saint": ("st etienne", "CHARPENTES SAINT-ETIENNE"),
    "saint for st": ("saint-etienne charpentes", "CHARPENTES SAINT-ETIENNE"),
    "ste is société too": ("societe generale", "STE GENERALE DE MECANIQUE"),
    "ste as it is": ("ste generale", "STE GENERALE DE MECANIQUE"),
    "société for ste": ("ste nationale des rails", "SOCIETE NATIONALE DES RAILS"),
    "et for &": ("coeur et oeuvres", "CŒUR & ŒUVRES"),
    "& as it is": ("Cœur & Œuvres", "CŒUR & ŒUVRES"),
    "& for et": ("martin & fils", "MARTIN ET FILS"),
    "a legal form that the register does not hold": ("SARL auberge", "AUBERGE"),
    "the exact name before a greater company": ("auberge", "AUBERGE"),
    "an acronym without its dots": ("snr", "SOCIETE NATIONALE DES RAILS"),
    "an acronym with its dots": ("s.n.r", "SOCIETE NATIONALE DES RAILS"),
    "a sign": ("le fournil", "COMPAGNIE DES PONTS"),
    "a usual name": ("chez leo", "CHARPENTES SAINT-ETIENNE"),
    "a whole word before the beginning of one": ("martin", "GARAGE MARTIN"),
    "a postcode": ("16100", "BATIMENT MARVARIVE"),
    "a word and a postcode": ("martin 87000", "MARTIN ET FILS"),
    "the number of a department": ("16", "BATIMENT MARVARIVE"),
    "a word and the number of a department": ("martin 87", "MARTIN ET FILS"),
    "a department of Corsica": ("mecanique 2a", "STE GENERALE DE MECANIQUE"),
    "the name of a department, after the companies that bear it": ("charente", "CHARENTE BOIS"),
    "a word and the name of a department": ("batiment charente", "BATIMENT MARVARIVE"),
    "a region": ("mecanique bretagne", "MECANIQUE BRETONNE"),
    "an old commune": ("auberge annecy le vieux", "AUBERGE"),
    "a town before those who bear its name": ("autocars saint etienne", "MARTINEZ AUTOCARS"),
}  # fmt: skip


def company(line: str, rank: int) -> IndexedCompany:
    cells = [cell.strip() for cell in line.split("|")]
    name, town, postcode, section, headcount, other, procedure = cells + [""] * (7 - len(cells))
    department = town[:2]
    kind = next((kind.value for kind in OtherNameKind if other.startswith(kind.value)), "")
    other_name = f"{kind}{NAME_MARK}{other.removeprefix(kind).strip()}" if kind else None
    return IndexedCompany(
        siren=f"9{rank:08}", name=name, departement=department, departement_label=None, activity=None, active=True,
        active_departments=department, towns=town, postcodes=postcode, other_names=other_name, departments=department,
        section=section, headcount=int(headcount) if headcount else None, procedure=procedure or None,
    )  # fmt: skip


COMPANIES = [company(line, rank) for rank, line in enumerate(REGISTER.strip().splitlines())]
MASKED = COMPANIES[0]._replace(
    siren="977777777", name=None, other_names=f"{SIGN}{NAME_MARK}CHEZ MASQUE", towns="16102", postcodes="16100"
)
SHUT = COMPANIES[1]._replace(siren="988888888", name="FONDERIE FERMEE", active=False, active_departments="")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> RegisterIndex:
    file = tmp_path_factory.mktemp("index") / "register"
    build_register_index([*COMPANIES, MASKED, SHUT], file)
    return RegisterIndex(file)


def names(index: RegisterIndex, text: str, filters: SearchFilters = SearchFilters(), **how: object) -> list[str | None]:  # noqa: B008
    return [one.name for one in index.companies(index.search(text, filters, **how).ranks)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "first"), FOUND.values(), ids=FOUND.keys())
def test_what_is_typed_finds_first(index: RegisterIndex, text: str, first: str) -> None:
    assert names(index, text)[:1] == [first]


def test_two_letters_wrong_in_a_short_word_are_another_word(index: RegisterIndex) -> None:
    assert names(index, "gurege") == []


def test_near_names_follow_on_request(index: RegisterIndex) -> None:
    assert names(index, "pontoise") == ["PONTOISE NETTOYAGE"]
    near = index.search("martinez", near=True)
    assert names(index, "martinez", near=True) == ["MARTINEZ AUTOCARS", "GARAGE MARTIN", "MARTIN ET FILS"]
    assert near.as_typed == 1


def test_what_is_only_near_is_counted_apart(index: RegisterIndex) -> None:
    exact, near = index.search("boulangerie"), index.search("boulangeire")
    assert (exact.total, exact.as_typed) == (1, 1)
    assert (near.total, near.as_typed) == (1, 0)


@given(rank=st.integers(0, len(COMPANIES) - 1), how=st.sampled_from([str, str.lower, str.title]))
def test_a_whole_name_finds_its_company_first(index: RegisterIndex, rank: int, how: object) -> None:
    name = COMPANIES[rank].name or ""
    assert names(index, how(name))[0] == name  # type: ignore[operator]


NAME = st.text(st.characters(categories=["L", "Nd", "Zs", "Pd", "Po"], max_codepoint=0x2FF), min_size=1, max_size=30)


@given(names_of_companies=st.lists(NAME, min_size=1, max_size=8))
def test_any_whole_name_finds_its_company(
    tmp_path_factory: pytest.TempPathFactory, names_of_companies: list[str]
) -> None:
    file = tmp_path_factory.mktemp("names") / "register"
    companies = [COMPANIES[0]._replace(siren=f"{n:09}", name=name) for n, name in enumerate(names_of_companies)]
    build_register_index(companies, file)
    index = RegisterIndex(file)
    for name in names_of_companies:
        assert any(c.isalnum() for c in name) <= (name in names(index, name[:LONGEST_TEXT])), name
    index.close()


def test_a_company_that_is_not_disseminated_is_found_by_its_siren_alone(index: RegisterIndex) -> None:
    cognac = gazetteer().named["cognac"]
    assert names(index, "masque") == names(index, "chez masque") == []
    assert MASKED.name not in names(index, "cognac")
    assert MASKED.name not in names(index, "16100")
    assert MASKED.name not in names(index, "", SearchFilters(places=(cognac,)))
    (found,) = index.companies(index.search(MASKED.siren).ranks)
    assert (found.name, found.towns, found.other_names) == (None, (), ())


NIMES, BRITTANY = gazetteer().named["nimes"], (gazetteer().regions["53"],)
HAUTE_VIENNE, SEYNOD = (gazetteer().departments["87"],), (postcode_place("74940"),)
FILTERS = {
    "a department": (
        SearchFilters(places=(HAUTE_VIENNE,)), "", ["BOULANGERIE DUPONT", "MARTIN ET FILS", "FONDERIE FERMEE"]),
    "a region": (SearchFilters(places=(BRITTANY,)), "mecanique", ["MECANIQUE BRETONNE"]),
    "a town": (SearchFilters(places=(NIMES,)), "martin", ["GARAGE MARTIN"]),
    "a postcode": (SearchFilters(places=(SEYNOD,)), "auberge", ["AUBERGE"]),
    "a town in a region that does not hold it": (SearchFilters(places=(NIMES, BRITTANY)), "martin", []),
    "a size": (
        SearchFilters(sizes=frozenset({HeadcountBand.TEN})),
        "", ["BOULANGERIE DUPONT", "AUBERGE DU LAC D'ANNECY", "FONDERIE FERMEE"]),
    "sizes": (
        SearchFilters(sizes=frozenset({HeadcountBand.TWENTY, HeadcountBand.TWO_HUNDRED_FIFTY})),
        "martin", ["GARAGE MARTIN", "MARTINEZ AUTOCARS"]),
    "a section": (
        SearchFilters(sections=frozenset({"C"})), "mecanique", ["STE GENERALE DE MECANIQUE", "MECANIQUE BRETONNE"]),
    "a state": (SearchFilters(state=CompanyState.CLOSED), "", ["FONDERIE FERMEE"]),
    "a procedure": (SearchFilters(procedures=frozenset({Procedure.RECEIVERSHIP})), "dupont", ["BOULANGERIE DUPONT"]),
    "sirens": (SearchFilters(sirens=frozenset({COMPANIES[3].siren, "000000000"})), "", ["GARAGE MARTIN"]),
    "sirens, and a misspelt word": (
        SearchFilters(sirens=frozenset({COMPANIES[3].siren, COMPANIES[4].siren})), "matrin", ["GARAGE MARTIN"]),
    "no siren": (SearchFilters(sirens=frozenset()), "martin", []),
    "a misspelt word": (SearchFilters(sections=frozenset({"G"})), "matrin", ["GARAGE MARTIN", "MARTIN ET FILS"]),
}  # fmt: skip


@pytest.mark.parametrize(("filters", "text", "found"), FILTERS.values(), ids=FILTERS.keys())
def test_filters_apply_inside_the_search(
    index: RegisterIndex, filters: SearchFilters, text: str, found: list[str]
) -> None:
    assert names(index, text, filters) == found


def test_my_zone_comes_first_after_the_exact_name(index: RegisterIndex) -> None:
    assert names(index, "martin") == ["GARAGE MARTIN", "MARTIN ET FILS", "MARTINEZ AUTOCARS"]
    assert names(index, "martin", zone={"87"}) == ["MARTIN ET FILS", "GARAGE MARTIN", "MARTINEZ AUTOCARS"]
    assert names(index, "martin", zone={"42"})[0] == "MARTINEZ AUTOCARS"
    assert names(index, "garage martin", zone={"87"})[0] == "GARAGE MARTIN"


def test_the_kinds_of_other_names_are_those_of_the_table() -> None:
    assert {kind.value for kind in OtherNameKind} == {ACRONYM, USUAL_NAME, SIGN}
