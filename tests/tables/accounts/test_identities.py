"""What the totals of a filing prove of its empty cells, and what they flag (open-data §2.8; decision 0018)."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from harness.rules import on_spark_when_all
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.liasse import CELLS, Form
from signaux_faibles.tables.accounts.formulas import alternatives
from signaux_faibles.tables.accounts.identities import IDENTITIES
from tables.filed_accounts import accounts_of

C = {
    "AT": 500, "AU": 200, "AT.net": 300, "BJ": 500, "BK": 200, "BJ.net": 300,
    "BX": 400, "BY": 50, "BX.net": 350, "CF": 350, "CF.net": 350, "CJ": 750, "CK": 50, "CJ.net": 700,
    "CO": 1_250, "1A": 250, "CO.net": 1_000,
    "DA": 100, "DH": 160, "DI": 40, "DL": 300, "DP": 20, "DR": 20, "DU": 280, "DX": 400, "EC": 680, "EE": 1_000,
    "FG": 1_900, "FI": 1_900, "FJ": 1_900, "FL": 1_900, "FO": 100, "FR": 2_000, "FW": 1_500, "FY": 400, "GA": 50,
    "GF": 1_950, "GG": 50, "GR": 25, "GU": 25, "GV": -25, "GW": 25, "HA": 35, "HD": 35, "HF": 10, "HH": 10, "HI": 25,
    "HK": 10, "HL": 2_035, "HM": 1_995, "HN": 40,
}  # fmt: skip
S = {
    "028": 500, "030": 200, "028.net": 300, "044": 500, "048": 200, "044.net": 300,
    "084": 700, "084.net": 700, "096": 700, "096.net": 700, "110": 1_200, "112": 200, "110.net": 1_000,
    "120": 100, "134": 160, "136": 40, "142": 300, "154": 20, "156": 280, "166": 400, "176": 680, "180": 1_000,
    "218": 1_900, "226": 100, "232": 2_000, "242": 1_500, "250": 400, "254": 50, "264": 1_950, "270": 50, "294": 5,
    "290": 15, "300": 10, "306": 10, "310": 40,
}  # fmt: skip
"""A whole filing of each form: each total is explained by its lines."""
FORMS = {"C": (Form.NORMAL, C), "S": (Form.SIMPLIFIED, S), "K": (Form.NORMAL, C)}


def filings(*changed: tuple[str, dict[str, int | None], str]) -> pa.Table:
    """Staging of filings of companies 1, 2, …: the whole filing of a type, some cells changed, or empty where None.

    Args:
        changed: the type of the filing, the cells changed, and the code of its confidentiality.
    """
    rows = []
    for siren, (kind, changes, confidentiality) in enumerate(changed, 100_000_001):
        form, whole = FORMS[kind]
        about = {
            "siren": str(siren), "type_bilan": kind, "date_cloture": date(2020, 12, 31), "date_depot": date(2021, 6, 1),
            "num_depot": "1", "code_greffe": "1", "duree_exercice": 12, "confidentialite": confidentiality,
            "devise": "EUR", "batch": "2107", "file": "f", "line": siren,
        }  # fmt: skip
        for code, amount in (whole | changes).items():
            cell = CELLS[form][code]
            if amount is not None:
                place = {"page": cell.page, "code": cell.line, f"m{cell.column}": Decimal(amount)}
                rows.append(about | place)
    return pa.Table.from_pylist(rows, schema=INPI.staging.arrow)


def found(engine, *changed):
    rows = accounts_of(engine, filings(*changed)).to_pylist()
    return sorted(rows, key=lambda row: row["siren"])


def only(*kept: str, of: dict[str, int], page: str) -> dict[str, None]:
    """A change that empties every cell of a page but some."""
    form = Form.SIMPLIFIED if of is S else Form.NORMAL
    return {code: None for code in of if CELLS[form][code].page == page and code not in kept}


FLOWS = {"chiffre_affaires": None, "ebe": None, "achats": None, "charges_personnel": None}
SOUND = (None, False)
CASES = {
    # what is reported, the amounts then known, the controls broken, whether a total has none of its lines
    "whole, normal": ("C", {}, {"chiffre_affaires": 1_900, "ebe": 100, "stocks_nets": 0, "impots_taxes": 0}, *SOUND),
    "whole, simplified": ("S", {}, {"chiffre_affaires": 1_900, "ebe": 100, "stocks_nets": 0, "caf": 85}, *SOUND),
    "total of products, none of its lines": (
        "C", {"FG": None, "FI": None, "FJ": None, "FL": None, "FO": None},
        {"chiffre_affaires": None, "ebe": None, "achats": 1_500, "resultat_exploitation": 50}, None, True,
    ),
    "total of products, half of its lines": (
        "S", {"226": None}, {"chiffre_affaires": None, "ebe": None, "charges_personnel": 400},
        "produits d'exploitation", False,
    ),
    "a total of charges that lines do not explain": (
        "C", {"FY": None}, {"achats": None, "charges_personnel": None, "ebe": None, "chiffre_affaires": 1_900},
        "charges d'exploitation", False,
    ),
    "neither total nor charges: the result alone": (
        "C", only("FG", "FI", "FJ", "FL", "GG", of=C, page="03"),
        {"chiffre_affaires": 1_900, "ebe": None, "achats": None, "resultat_exploitation": 50},
        "total des produits ; total des charges", False,
    ),
    "totals alone, simplified": (
        "S", only("232", "264", "270", of=S, page="02") | {"310": 50, "136": 50, "134": 150},
        FLOWS | {"resultat_exploitation": 50}, None, True,
    ),
    "totals of a company without turnover": (
        "C", dict.fromkeys(("FG", "FI", "FJ", "FL", "FO", "FR", "HL"), None) | {"GG": -1_950, "GW": -1_975, "HD": None}
        | {"HA": None, "HI": -10, "HM": 1_995, "HN": -1_995, "DI": -1_995, "DH": 2_195},
        {"chiffre_affaires": 0, "ebe": -1_900, "achats": 1_500}, None, False,
    ),
    "debts without their lines": (
        "C", {"DU": None, "DX": None}, {"fournisseurs": None, "dettes_financieres": None, "total_dettes": 680},
        None, True,
    ),
    "debts that lines do not explain": (
        "S", {"166": None}, {"fournisseurs": None, "bfr_exploitation": None, "total_dettes": 680}, "dettes", False,
    ),
    "no total of debts, and their lines": (
        "C", {"EC": None}, {"total_dettes": None, "fournisseurs": 400, "dettes_fiscales_sociales": None},
        "total du passif", False,
    ),
    "fixed assets without their lines": (
        "C", {"AT": None, "AU": None, "AT.net": None},
        {"corporelles_brutes": None, "corporelles_amorties": None, "immobilisations_nettes": 300}, None, True,
    ),
    "no fixed assets": (
        "C", dict.fromkeys(("AT", "AU", "AT.net", "BJ", "BK", "BJ.net"), None)
        | {"CF": 650, "CF.net": 650, "CJ": 1_050, "CJ.net": 1_000, "CO": 1_050, "1A": 50},
        {"corporelles_brutes": 0, "corporelles_amorties": 0, "immobilisations_nettes": 0}, None, False,
    ),
    "financial charges without their lines": (
        "C", {"GR": None}, {"interets": None, "charges_financieres": 25, "caf": None}, None, True,
    ),
    "a line below a total that is empty, of another sign": (
        "C", {"FT": -3, "GF": 1_947, "GG": 53, "GW": 28, "HM": 1_992, "HN": 43, "DI": 43, "DH": 157},
        {"marge_brute": 1_903, "ebe": 103}, None, False,
    ),
    "few lines of consolidated accounts": (
        "K", {"FW": None, "FY": None}, {"chiffre_affaires": 1_900, "ebe": None, "achats": None}, None, False,
    ),
}  # fmt: skip


BARE = {"DU": None, "DX": None, "DA": None, "DH": None, "DI": None}
RESULT_WITHHELD = only(of=C, page="03") | only(of=C, page="04")
ZEROS = {code: 0 for code, cell in CELLS[Form.NORMAL].items() if cell.page in ("03", "04")}
WITHHELD = {
    "public, totals without lines": ("C", BARE, "0"),
    "totals without lines, the rest withheld": ("C", BARE | RESULT_WITHHELD, "2"),
    "zeros for what is withheld": ("C", ZEROS, "2"),
    "zeros for what is withheld, all being confidential": ("C", ZEROS, "1"),
}


@pytest.fixture(scope="module")
def row(engine):
    """What is read of each filing, by its name: one computation for all of them."""
    delivered = {name: (kind, changes, "0") for name, (kind, changes, *_) in CASES.items()} | WITHHELD
    return dict(zip(delivered, found(engine, *delivered.values()), strict=True))


@on_spark_when_all
@pytest.mark.parametrize("name", CASES)
def test_an_empty_cell_is_zero_where_the_totals_prove_it_and_unknown_elsewhere(row, name):
    _, _, amounts, broken, bare = CASES[name]
    known = {amount: row[name][amount] for amount in amounts}
    assert (known, row[name]["identites_rompues"], row[name]["lignes_absentes"]) == (amounts, broken, bare)


LINES = [one for one in IDENTITIES if one.of_lines]


@pytest.mark.parametrize("form", Form)
def test_every_line_of_the_printed_forms_is_in_a_total(form):
    """But « dont » lines, which are part of another one, and the headcount."""
    dont = {Form.NORMAL: {"EG", "EH", "A1", "YP"}, Form.SIMPLIFIED: {"169", "195", "376"}}
    read = {code for one in IDENTITIES if one.form is form for code in one.codes}
    assert set(CELLS[form]) - read == dont[form]


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_a_broken_total_is_flagged_whichever_it_is(engine):
    """Each total in turn, a thousand euros above its lines, both being reported."""
    cases = []
    for one in LINES:
        kind = "S" if one.form is Form.SIMPLIFIED else "C"
        whole = FORMS[kind][1]
        (lines,) = alternatives(one.right)
        first = lines.plus[0]
        cases.append((kind, {one.left: (whole.get(one.left) or 0) + 1_000, first: whole.get(first, 0)}, "0"))
    for one, filing in zip(LINES, found(engine, *cases), strict=True):
        assert one.name in (filing["identites_rompues"] or "").split(" ; "), one


@on_spark_when_all
def test_lines_withheld_are_not_lines_missing(row):
    """A simplified publication reports the totals of the balance sheet without their lines, by right."""
    public, withheld = row["public, totals without lines"], row["totals without lines, the rest withheld"]
    assert (public["lignes_absentes"], withheld["lignes_absentes"]) == (True, False)
    assert (withheld["fournisseurs"], withheld["capital_social"], withheld["anomalies"]) == (None, None, None)
    assert (withheld["total_dettes"], withheld["capitaux_propres"]) == (680, 300)


@on_spark_when_all
def test_a_zero_in_the_place_of_what_is_withheld_is_unknown(row):
    """Sources write a zero there; a result that the balance sheet makes public is known."""
    partly, wholly = row["zeros for what is withheld"], row["zeros for what is withheld, all being confidential"]
    amounts = ("chiffre_affaires", "ebe", "resultat_exploitation", "charges_personnel", "resultat_net")
    assert [partly[name] for name in amounts] == [None, None, None, None, 40]
    assert (partly["compte_de_resultat"], partly["liasse"], partly["total_bilan"]) == ("confidentiel", "saisie", 1_000)
    known = (wholly["liasse"], wholly["compte_de_resultat"], wholly["total_bilan"])
    assert known == ("confidentielle", "confidentiel", None)
