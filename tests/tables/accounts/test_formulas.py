# ruff: noqa: E501 (a row of a table stays on one line)
"""Every amount counts the cells that the reference names, each with its sign (open-data §2.8).

No real filing fills every line: here each cell of both forms has an amount of its own, so that a cell that is left out,
added or taken away in the place of another shows.
"""

import random
import re
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from harness.rules import on_spark_when_all
from harness.text_tables import parse
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.liasse import CELLS, Form
from signaux_faibles.tables.accounts.formulas import AGGREGATES
from tables.filed_accounts import accounts_of

REFERENCE = """
    aggregate                | normal                              | simplified
    total_bilan              | EE                                  | 180
    capital_social           | DA                                  | 120
    capitaux_propres         | DL                                  | 142
    fonds_propres            | DL + DO                             | 142
    provisions               | DR                                  | 154
    dettes_financieres       | DS + DT + DU + DV                   | 156
    concours_bancaires       | EH                                  |
    total_dettes             | EC                                  | 176
    immobilisations_brutes   | BJ                                  | 044
    immobilisations_nettes   | BJ - BK                             | 044 - 048
    actif_circulant_brut     | CJ                                  | 096
    actif_circulant_net      | CJ - CK                             | 096 - 098
    stocks_bruts             | BL + BN + BP + BR + BT              | 050 + 060
    stocks_nets              | BL - BM + BN - BO + BP - BQ + BR - BS + BT - BU | 050 - 052 + 060 - 062
    creances_clients         | BX - BY                             | 068 - 070
    tresorerie               | CD - CE + CF - CG                   | 080 - 082 + 084 - 086
    fournisseurs             | DX                                  | 166
    dettes_fiscales_sociales | DY                                  | 172
    chiffre_affaires         | FL                                  | 210 + 214 + 218
    charges_personnel        | FY + FZ                             | 250 + 252
    autres_achats            | FW                                  | 242
    impots_taxes             | FX                                  | 244
    resultat_exploitation    | GG                                  | 270
    resultat_courant         | GW                                  | 270 + 280 - 294
    resultat_net             | HN                                  | 310
    interets                 | GR                                  | 294
    charges_financieres      | GU                                  | 294
"""
"""The table of the reference, in its order."""

FROM_THE_FORMS = """
    aggregate            | normal                                   | simplified
    dettes_court_terme   | EG                                       | 176 - 195
    corporelles_brutes   | AN + AP + AR + AT + AV + AX              | 028
    corporelles_amorties | AO + AQ + AS + AU + AW + AY              | 030
    bfr_exploitation     | BL - BM + BN - BO + BP - BQ + BR - BS + BT - BU + BV - BW + BX - BY - DW - DX - DY | 050 - 052 + 060 - 062 + 064 - 066 + 068 - 070 - 164 - 166 - 172 + 169
    marge_brute          | FL + FM + FN - FS - FT - FU - FV         | 210 + 214 + 218 + 222 + 224 - 234 - 236 - 238 - 240
    valeur_ajoutee       | FL + FM + FN - FS - FT - FU - FV - FW    | 210 + 214 + 218 + 222 + 224 - 234 - 236 - 238 - 240 - 242
    ebe                  | FL + FM + FN - FS - FT - FU - FV - FW + FO - FX - FY - FZ | 210 + 214 + 218 + 222 + 224 - 234 - 236 - 238 - 240 - 242 + 226 - 244 - 250 - 252
    achats               | FS + FU + FW                             | 234 + 238 + 242
    caf                  | HN + GA + GB + GC + GD - FP + A1 + GQ - GM - HB - HC + HF + HG | 310 + 254 + 256 - 290 + 300
"""
"""Amounts that the reference does not name, from the wording of the printed lines.

The self-financing capacity is the net result before what is neither paid nor received: allowances (GA to GD, GQ, HG)
less what is taken back (FP without the transfers of charges A1, GM, HC), and without the sales of assets (HB, HF).
"""

SIREN = {Form.NORMAL: "100000001", Form.SIMPLIFIED: "100000002"}
CODES = {form: list(cells) for form, cells in CELLS.items()}
_AMOUNTS = random.Random(28).sample(range(1_000, 1_000_000), sum(map(len, CODES.values())))
AMOUNTS = {
    Form.NORMAL: dict(zip(CODES[Form.NORMAL], _AMOUNTS, strict=False)),
    Form.SIMPLIFIED: dict(zip(CODES[Form.SIMPLIFIED], reversed(_AMOUNTS), strict=False)),
}


def worth(formula: str, form: Form) -> int | None:
    """A formula of the tables above over `AMOUNTS`; None where the form does not report."""
    words = re.findall(r"([+-]?) ?(\w+)", formula)
    return sum((-1 if sign == "-" else 1) * AMOUNTS[form][code] for sign, code in words) if words else None


def staged() -> pa.Table:
    """A filing of each form, all its cells filled."""
    filing = {
        "date_cloture": date(2020, 12, 31), "num_depot": "1", "date_depot": date(2021, 6, 1), "duree_exercice": 12,
        "confidentialite": "0", "devise": "EUR", "code_greffe": "1", "batch": "2107", "file": "f",
    }  # fmt: skip
    rows = [
        filing
        | {"siren": SIREN[form], "type_bilan": "S" if form is Form.SIMPLIFIED else "C", "line": 1}
        | {"page": cell.page or "11", "code": cell.line, f"m{cell.column}": Decimal(AMOUNTS[form][code])}
        for form, cells in CELLS.items()
        for code, cell in cells.items()
    ]
    return pa.Table.from_pylist(rows, schema=INPI.staging.arrow)


def reported() -> dict[str, dict[str, str]]:
    """Every row of both tables, by aggregate."""
    return {row["aggregate"]: row for table in (REFERENCE, FROM_THE_FORMS) for row in parse(table)}


def test_every_amount_has_its_formula_here():
    assert set(reported()) == {aggregate.name for aggregate in AGGREGATES}


@pytest.mark.parametrize("form", Form)
def test_no_two_cells_are_worth_the_same(form):
    assert len(set(AMOUNTS[form].values())) == len(CELLS[form])


@on_spark_when_all
def test_every_amount_counts_the_cells_that_its_formula_names(engine):
    rows = {row["siren"]: row for row in accounts_of(engine, staged()).to_pylist()}
    for form in Form:
        found = {name: rows[SIREN[form]][name] for name in reported()}
        assert found == {name: worth(row[form.value] or "", form) for name, row in reported().items()}
