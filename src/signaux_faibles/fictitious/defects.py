"""The true defects: a few rows that the reader must refuse, well under 1 % of a file, never in place of a fact."""

from __future__ import annotations

from signaux_faibles.fictitious.layouts import Layout

_EVERY = 20_000
_WRONG = {
    "sirene": {"siren": "14000000X", "nic": "00012", "etablissementSiege": "true"},
    "sirene_ul": {"siren": "1400000", "denominationUniteLegale": "SIREN TRONQUE"},
    "effectif_ent": {"siren": "14 000 000", "rais_soc": "SIREN AVEC ESPACES"},
    "debit": {
        "Siren": "140000008", "Siret": "14000000800012", "Periode": "201831", "Num_Ecn": "001", "Num_Hist_Ecn": "1",
        "Dt_trt_ecn": "1180820", "Mt_PO": "12,5O", "Mt_PP": "4500", "Recours_en_cours": "0",
    },
    "procol": {
        "Siret": "14000000800012", "Siren": "140000008", "Dt_effet": "26MAI2014", "Cat_v2": "1",
        "Lib_actx_stdx": "Ouverture_redressement",
    },
}  # fmt: skip
"""By type: a SIREN cut or spaced by a spreadsheet, a letter O for a zero, a month in French."""


def defective_lines(layout: Layout, headers: tuple[str, ...], rows: int) -> list[str]:
    """Lines to add to a file of `rows` rows: one for every 20,000 rows, one at least; the second one is cut short."""
    wrong = _WRONG[layout.contract.name]
    separator = layout.contract.dialect.separator
    whole = separator.join(wrong.get(header, "") for header in headers)
    cut = separator.join(wrong.get(header, "") for header in headers[: max(len(headers) // 2, 1)])
    lines = [whole, cut] * (rows // (2 * _EVERY) + 1)
    return lines[: rows // _EVERY + 1]
