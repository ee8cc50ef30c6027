"""Annual accounts: aggregates of real filings worked out by hand, then the rules of quality (open-data §2.8, §2.12)."""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from harness.rules import on_every_engine
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.liasse import CAP, CELLS, Form
from signaux_faibles.tables.accounts.formulas import AGGREGATES, alternatives
from signaux_faibles.tables.accounts.identities import IDENTITIES
from tables.filed_accounts import accounts_of, real_filings

COMPLETE, SIMPLIFIED, CONSOLIDATED = "833545627", "810870840", "056502248"
WITHHELD, WITHHELD_SIMPLIFIED, NET_ONLY = "316880723", "830553418", "450992078"

BY_HAND = {
    # Ten months, complete form: FL 666 346, FS 230 795, FT -10 732, FW 163 788, FX 16 562, FY 204 171, FZ 45 271.
    COMPLETE: {
        "total_bilan": 130_554, "capital_social": 5_000, "capitaux_propres": 6_713, "total_dettes": 123_841,
        "dettes_court_terme": None, "dettes_financieres": 0, "actif_circulant_net": 130_554, "stocks_nets": 10_732,
        "tresorerie": 72_352, "fournisseurs": 60_563, "bfr_exploitation": 10_732 - 60_563 - 62_844,
        "chiffre_affaires": 666_346, "chiffre_affaires_12m": 799_615, "marge_brute": 666_346 - 230_795 + 10_732,
        "valeur_ajoutee": 446_283 - 163_788, "ebe": 282_495 - 16_562 - 204_171 - 45_271,
        "charges_personnel": 249_442, "resultat_exploitation": 1_759, "resultat_net": 1_713, "effectif_moyen": None,
        "compte_de_resultat": "public", "anomalies": "exercice qui n'est pas de 12 mois",
    },
    # Simplified form: 210 + 218, 169 (partners) within 172, no cell 195.
    SIMPLIFIED: {
        "total_bilan": 292_846, "dettes_financieres": 166_586, "dettes_court_terme": None, "concours_bancaires": None,
        "immobilisations_nettes": 291_225 - 36_335, "corporelles_amorties": 36_335, "tresorerie": 28_243,
        "bfr_exploitation": 2_598 - 21_077 - 40_787 + 14_209, "chiffre_affaires": 480_579 + 785,
        "marge_brute": 481_364 - 16_416 - 111_432 - 399, "ebe": 353_117 - 111_854 + 1_987 - 6_219 - 134_460 - 32_739,
        "resultat_courant": 59_792 - 3_438, "caf": 49_741 + 12_327 - 105 + 3, "effectif_moyen": 8,
        "compte_de_resultat": "public", "anomalies": None,
    },
    # Consolidated: few lines are typed, so that a sum of them is unknown rather than wrong.
    CONSOLIDATED: {
        "total_bilan": 903_973_000, "capitaux_propres": 419_665_000, "fonds_propres": 419_665_000,
        "actif_circulant_net": 532_665_000, "chiffre_affaires": 1_222_009_000, "stocks_nets": None, "ebe": None,
        "resultat_net": None, "caf": None,
    },
    # Confidential: the balance sheet and its result are public, the profit and loss account is withheld, not zero.
    WITHHELD: {
        "total_bilan": 403_051, "dettes_financieres": 87_188 + 2_313, "provisions": 0, "dettes_court_terme": 143_285,
        "corporelles_brutes": 152_763 + 143_152, "corporelles_amorties": 83_712 + 88_262, "resultat_net": 9_980,
        "bfr_exploitation": 2_093 + 15_093 + 168 + 7_270 - 76_446 - 47_232, "chiffre_affaires": None, "ebe": None,
        "compte_de_resultat": "confidentiel", "anomalies": None,
    },
    WITHHELD_SIMPLIFIED: {"compte_de_resultat": "confidentiel", "chiffre_affaires": None, "duree_irreguliere": True},
    # Only the net of assets is filed: INPI types -3 for each gross amount. Net: CD 204 377, CF 279 928, BT 6 299.
    NET_ONLY: {
        "total_bilan": 707_490, "tresorerie": 204_377 + 279_928, "stocks_nets": 6_299, "creances_clients": 115_090,
        "actif_circulant_net": 634_849, "immobilisations_nettes": 72_641, "immobilisations_brutes": None,
        "actif_circulant_brut": None, "stocks_bruts": None, "corporelles_brutes": None, "corporelles_amorties": None,
        "bfr_exploitation": 6_299 + 115_090 - 146_687 - 21_931, "identites_rompues": None, "signe_suspect": False,
        "anomalies": None,
    },
}  # fmt: skip


BASE = {
    "siren": "100000001", "date_cloture": date(2020, 12, 31), "type_bilan": "C", "num_depot": "1",
    "date_depot": date(2021, 6, 1), "duree_exercice": 12, "confidentialite": "0", "devise": "EUR", "code_greffe": "1",
    "batch": "2107", "file": "f", "line": 1,
}  # fmt: skip
CELLS_OF_C = {
    "CF": 1_000, "CJ": 1_000, "CO": 1_000, "CF.net": 1_000, "CJ.net": 1_000, "CO.net": 1_000,
    "DA": 100, "DH": 160, "DI": 40, "DL": 300, "DX": 700, "EC": 700, "EE": 1_000,
    "FJ": 2_000, "FL": 2_000, "FR": 2_000, "FW": 1_950, "GF": 1_950, "GG": 50, "GW": 50,
    "HK": 10, "HL": 2_000, "HM": 1_960, "HN": 40,
}  # fmt: skip
"""A whole filing: each of its totals is explained by its lines."""


FLOWS = {code: None for code in CELLS_OF_C if CELLS[Form.NORMAL][code].page in ("03", "04")}
LATE = date(2022, 1, 1)
BEFORE = {"date_depot": date(2020, 6, 1), "date_cloture": date(2019, 12, 31), "num_depot": "0"}
LARGE = {code: amount * 1_000 for code, amount in CELLS_OF_C.items()}
GROWN = {"CO.net": 900_000, "EE": 900_000, "DL": 300_000, "EC": 600_000}

LARGE_SALES = {"FJ": 4_000_000_000, "FL": 4_000_000_000, "FM": -3_999_998_000}
WORN = {"GA": 50, "FW": 1_900}
FILED: dict[str, list[dict[str, object]]] = {
    "eighteen months": [{"duree_exercice": 18}],
    "no month": [{"duree_exercice": 0}],
    "duration unknown": [{"duree_exercice": None}],
    "two filings": [{}, {"num_depot": "2", "date_depot": LATE, "DA": 200}],
    "three types": [{"type_bilan": "K"}, {"date_depot": LATE}, {"type_bilan": "S", "date_depot": LATE, "180": 5}],
    "delivered again": [{}, {"batch": "2108", "DA": 150}],
    "two exercices": [{}, {"date_cloture": date(2021, 12, 31), "date_depot": LATE}],
    "a bank and an insurer": [{"type_bilan": "B"}, {"type_bilan": "A"}],
    "public": [{}],
    "withheld": [FLOWS | {"confidentialite": "2"}],
    "all withheld": [FLOWS | {"confidentialite": "1"}],
    "not filed": [FLOWS],
    "empty cells": [{}],
    "beyond any company": [{"FJ": 3_000_000_000_000, "FL": 3_000_000_000_000, "YP": 3_000_000_000, "DA": 100_000}],
    "at the cap": [{"DU": CAP, "EC": CAP, "EE": CAP, "FJ": 4_000_000_000, "FL": 4_000_000_000}],
    "in thousands": [BEFORE | LARGE, {}],
    "a thousand times more": [BEFORE, LARGE],
    "grown": [BEFORE, GROWN],
    "little turnover a head": [{"FL": 500, "YP": 10}],
    "fair turnover a head": [{"FL": 2_000_000, "YP": 10}],
    "fair turnover of many heads": [{"FL": 200_000_000, "YP": 1_000}],
    "no turnover": [{"FL": 0, "YP": 10}],
    "nobody": [{"FL": 500, "YP": 0}],
    "negative depreciation": [{"BK": -5}],
    "negative turnover": [{"FL": -1}],
    "negative turnover, simplified": [{"type_bilan": "S", "180": 5, "270": 1, "210": -10, "218": 4}],
    "returns below sales": [{"type_bilan": "S", "180": 5, "270": 1, "210": 10, "218": -4}],
    "negative gross totals": [{"type_bilan": "S", "180": 5, "096": -100}],
    "depreciated": [{"BK": 5, "BJ": 5}],
    "negative equity": [{"DL": -300, "EC": 1_300}],
    "exceptional items in detail": [WORN | {"HB": 300, "HC": 10, "HD": 311, "HF": 80, "HG": 20, "HH": 101}],
    "exceptional income in total": [WORN | {"HD": 311}],
    "exceptional charges in total": [WORN | {"HH": 311, "HE": 5}],
    "closed after it was filed": [{"date_cloture": date(2029, 12, 31)}, {}],
    "net of assets only": [
        {"BJ": -3, "AT": -3, "AT.net": 400, "BJ.net": 400, "CF": -3, "CF.net": 540, "BX": -3, "BX.net": 60, "CJ": -3}
        | {"CJ.net": 600, "CO": None}
    ],
    "gross that a source of nets lost": [{"CF": -3, "CF.net": None}],
    "six euros off": [{"EC": 706}],
    "seven euros off": [{"EC": 707}],
    "devise": [{"devise": "USD"}],
    "corrected on the same day": [{"num_depot": "1000"}, {"num_depot": "999"}],
}
"""Filings of one company each: a change names a column, or a cell (« DA »); a cell changed to None is empty."""

_FOUND: dict[str, dict[str, list[dict[str, object]]]] = {}


def staged() -> pa.Table:
    """Staging of all of `FILED`, a siren for each case."""
    rows = []
    for siren, changes in enumerate(FILED.values(), 100_000_001):
        for line, change in enumerate(changes, 1):
            of_filing = {name: value for name, value in change.items() if name in BASE}
            identity = BASE | {"siren": str(siren), "line": siren * 10 + line} | of_filing
            rows += [identity | place for place in _places(identity, change)]
    return pa.Table.from_pylist(rows, schema=INPI.staging.arrow)


def _places(identity: dict[str, object], change: dict[str, object]) -> list[dict[str, object]]:
    form = Form.SIMPLIFIED if identity["type_bilan"] == "S" else Form.NORMAL
    amounts = CELLS_OF_C | {name: value for name, value in change.items() if name not in BASE}
    filled = [
        (CELLS[form][code], value) for code, value in amounts.items() if code in CELLS[form] and value is not None
    ]
    return [{"page": c.page or "11", "code": c.line, f"m{c.column}": Decimal(value)} for c, value in filled]


def found(engine, case):
    """The accounts of a case, in the order of its filings; all cases are run once on each engine."""
    if engine.name not in _FOUND:
        rows = accounts_of(engine, pa.concat_tables([staged(), real_filings()])).to_pylist()
        sirens = {str(siren): name for siren, name in enumerate(FILED, 100_000_001)}
        _FOUND[engine.name] = {name: [] for name in FILED} | {"real": []}
        for row in sorted(rows, key=lambda row: row["line"]):
            _FOUND[engine.name][sirens.get(row["siren"], "real")].append(row)
    return _FOUND[engine.name][case]


@on_every_engine
def test_the_amounts_of_real_filings_worked_out_by_hand(engine):
    rows = {row["siren"]: row for row in found(engine, "real")}
    assert set(rows) == set(BY_HAND)
    for siren, expected in BY_HAND.items():
        assert {name: rows[siren][name] for name in expected} == expected, siren
        assert rows[siren]["est_retenu"]
        assert rows[siren]["known_at"] > rows[siren]["date_cloture"]


@on_every_engine
def test_flows_are_brought_to_twelve_months_and_stocks_never(engine):
    (row,) = found(engine, "eighteen months")
    assert (row["chiffre_affaires"], row["chiffre_affaires_12m"]) == (2_000, 1_333)
    assert "total_bilan_12m" not in row
    assert row["duree_irreguliere"]


@on_every_engine
def test_without_a_duration_nothing_is_brought_to_twelve_months(engine):
    for case in ("no month", "duration unknown"):
        (row,) = found(engine, case)
        assert (row["chiffre_affaires"], row["chiffre_affaires_12m"]) == (2_000, None)
        assert row["anomalies"] == "durée d'exercice inconnue"


@on_every_engine
def test_the_latest_filing_wins_and_the_others_are_kept(engine):
    first, second = found(engine, "two filings")
    assert (first["est_dernier_depot"], first["est_retenu"]) == (False, False)
    assert (second["est_retenu"], second["capital_social"], second["known_at"]) == (True, 200, LATE)


@on_every_engine
def test_of_two_filings_of_one_day_the_greater_number_is_the_later(engine):
    assert [row["est_retenu"] for row in found(engine, "corrected on the same day")] == [True, False]


@on_every_engine
def test_consolidated_accounts_are_preferred_then_complete_then_simplified(engine):
    rows = found(engine, "three types")
    assert [row["est_dernier_depot"] for row in rows] == [True, True, True]
    assert [row["est_retenu"] for row in rows] == [True, False, False]


@on_every_engine
def test_which_filings_are_rows(engine):
    (row,) = found(engine, "delivered again")
    assert row["capital_social"] == 150
    assert [row["est_retenu"] for row in found(engine, "two exercices")] == [True, True]
    assert found(engine, "a bank and an insurer") == []


@on_every_engine
def test_a_filing_that_closes_after_its_day_is_kept_apart(engine):
    wrong, right = found(engine, "closed after it was filed")
    assert (wrong["cloture_future"], wrong["est_retenu"]) == (True, False)
    assert wrong["anomalies"] == "clôture postérieure au dépôt : l'une des deux dates est fausse"
    assert (right["cloture_future"], right["est_retenu"]) == (False, True)


@on_every_engine
def test_the_withheld_is_not_the_missing(engine):
    states = {"public": "public", "withheld": "confidentiel", "all withheld": "confidentiel", "not filed": "non déposé"}
    for case, state in states.items():
        (row,) = found(engine, case)
        assert row["compte_de_resultat"] == state
        assert row["chiffre_affaires"] == (2_000 if case == "public" else None)


@on_every_engine
def test_an_empty_cell_is_zero_on_a_page_that_is_filed(engine):
    (row,) = found(engine, "empty cells")
    assert (row["impots_taxes"], row["provisions"], row["corporelles_amorties"]) == (0, 0, 0)
    assert (row["dettes_court_terme"], row["effectif_moyen"]) == (None, None)


@on_every_engine
def test_self_financing_is_unknown_where_exceptional_items_are_not_detailed(engine):
    (row,) = found(engine, "exceptional items in detail")
    assert row["caf"] == 40 + 50 + 80 + 20 - 300 - 10
    for case in ("exceptional income in total", "exceptional charges in total"):
        (row,) = found(engine, case)
        assert (row["caf"], row["resultat_net"]) == (None, 40), case


@on_every_engine
def test_a_code_of_the_typing_is_no_gross_amount(engine):
    (row,) = found(engine, "net of assets only")
    assert (row["immobilisations_nettes"], row["tresorerie"], row["creances_clients"]) == (400, 540, 60)
    assert (row["immobilisations_brutes"], row["bfr_exploitation"], row["anomalies"]) == (None, 60 - 700, None)
    assert found(engine, "gross that a source of nets lost")[0]["tresorerie"] is None


@on_every_engine
def test_an_amount_at_the_cap_of_32_bits_enters_no_sum(engine):
    (row,) = found(engine, "at the cap")
    assert (row["total_dettes_depose"], row["total_dettes"]) == (CAP, None)
    assert (row["provisions"], row["dettes_financieres"]) == (None, None)
    assert row["chiffre_affaires"] == 4_000_000_000
    assert "montant plafonné à 2 147 483 647" in row["anomalies"]


@on_every_engine
def test_an_amount_or_a_headcount_beyond_any_company_is_unknown_and_said(engine):
    (row,) = found(engine, "beyond any company")
    assert (row["chiffre_affaires_depose"], row["chiffre_affaires"], row["effectif_moyen"]) == (None, None, None)
    assert row["capital_social"] == 100_000
    assert (row["montant_suspect"], row["effectif_suspect"]) == (True, True)
    assert "montant de plus de 800 milliards d'euros" in row["anomalies"]
    assert "effectif invraisemblable, laissé inconnu" in row["anomalies"]


@on_every_engine
def test_accounts_in_thousands_are_recognised_by_those_filed_before(engine):
    before, after = found(engine, "in thousands")
    assert (before["en_milliers"], before["capital_social"]) == (False, 100_000)
    assert (after["capital_social_depose"], after["capital_social"]) == (100, 100_000)
    assert (after["total_bilan"], after["chiffre_affaires_12m"]) == (1_000_000, 2_000_000)
    assert after["anomalies"] == "montants en milliers d'euros, multipliés par 1 000"


@on_every_engine
def test_accounts_filed_later_correct_nothing_before(engine):
    before, after = found(engine, "a thousand times more")
    assert (before["en_milliers"], before["capital_social"], before["unite_suspecte"]) == (False, 100, False)
    assert (after["en_milliers"], after["unite_suspecte"], after["capital_social"]) == (False, True, 100_000)
    assert not any(row["en_milliers"] or row["unite_suspecte"] for row in found(engine, "grown"))


@on_every_engine
def test_what_cannot_be_is_flagged_and_kept(engine):
    assert found(engine, "little turnover a head")[0]["par_tete_suspect"]
    for case in ("fair turnover a head", "fair turnover of many heads", "no turnover", "nobody"):
        assert not found(engine, case)[0]["par_tete_suspect"], case
    negative_comparable = ("depreciation", "turnover", "turnover, simplified", "gross totals")
    for case in (f"negative {amount}" for amount in negative_comparable):
        assert found(engine, case)[0]["signe_suspect"], case
    for case in ("depreciated", "negative equity", "returns below sales"):
        assert not found(engine, case)[0]["signe_suspect"], case
    assert found(engine, "negative turnover")[0]["chiffre_affaires"] == -1
    assert found(engine, "devise")[0]["anomalies"] == "devise autre que l'euro"


@on_every_engine
def test_a_total_may_be_wrong_by_a_euro_a_cell(engine):
    assert found(engine, "six euros off")[0]["identites_rompues"] is None
    (row,) = found(engine, "seven euros off")
    assert (row["identites_rompues"], row["total_dettes"]) == ("total du passif", 707)


def test_every_code_of_a_formula_is_a_known_cell():
    for form in Form:
        texts = [aggregate.formula(form) for aggregate in AGGREGATES]
        texts += [side for identity in IDENTITIES if identity.form is form for side in (identity.left, identity.right)]
        codes = {code for text in texts for formula in alternatives(text) for code in formula.codes}
        assert codes <= set(CELLS[form])


def test_a_formula_is_read_sign_by_sign():
    (formula,) = alternatives("CD - CE + CF - CG")
    assert (formula.plus, formula.minus) == (("CD", "CF"), ("CE", "CG"))
    assert [formula.plus for formula in alternatives("EE | CO.net")] == [("EE",), ("CO.net",)]
    assert alternatives("") == []
