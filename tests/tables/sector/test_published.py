"""Published quantiles in the shape of ours, where they are fit to compare with (open-data §2.7)."""

from datetime import date

import pyarrow as pa

from harness.rules import on_every_engine
from harness.text_tables import Names, parse, typed
from signaux_faibles.tables.accounts.published import PUBLISHED_SECTOR_QUANTILES
from signaux_faibles.tables.sector.columns import QUANTILES
from signaux_faibles.tables.sector.published import published_by_ratio
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES
from signaux_faibles.tables.sector.ratios import sector_ratios

DELIVERED = date(2024, 1, 31)


def row(classe_naf, **ratios):
    """A published class of 2022: each ratio with its five quantiles."""
    reported = {
        f"{ratio}_{name}": value for ratio, five in ratios.items() for name, value in zip(QUANTILES, five, strict=True)
    }
    return (
        {"classe_naf": classe_naf, "classe_ca": "*", "exercice": 2022, "cohorte": 80, "batch": "2401"}
        | reported
        | {"nomenclature": "NAFRev2"}
    )


OURS = """
    nomenclature | classe_naf | classe_ca | exercice | ratio                | cohorte | q25 | q75
    NAFRev2      | 47         | *         | 2022     | marge_ebe            | 40      | 2   | 8
    NAFRev2      | 47         | *         | 2022     | part_ca_resultat_net | 40      | 2   | 8
"""

PUBLISHED = [
    row(
        "47", marge_ebe=[0, 2, 4, 6, 9], part_ca_resultat_net=[0, 0.02, 0.04, 0.06, 0.09], credit_clients_jours=[1] * 5
    ),
    row("56", part_ca_ebe=[1, 2, 3, 4, 5], autonomie_financiere=[5, 4, 3, 2, 1], caf_sur_ca=[1, 2, None, 4, 5]),
]


@on_every_engine
def test_what_is_fit_to_compare_with(engine):
    published = engine.from_arrow(pa.Table.from_pylist(PUBLISHED, schema=PUBLISHED_SECTOR_QUANTILES.arrow))
    computed = engine.from_arrow(typed(parse(OURS), SECTOR_QUANTILES, Names(0)))
    ratios = engine.from_arrow(sector_ratios())
    found = engine.collect(published_by_ratio(published, ratios, computed, DELIVERED), SECTOR_QUANTILES).to_pylist()
    reported = {(one["classe_naf"], one["ratio"]): [one[name] for name in QUANTILES] for one in found}
    assert reported == {
        ("47", "marge_ebe"): [0, 2, 4, 6, 9],
        ("47", "credit_clients_jours"): [1, 1, 1, 1, 1],
        # Under its other name; a class whose quantiles fall, or are not all reported, is left out.
        ("56", "marge_ebe"): [1, 2, 3, 4, 5],
    }, "the net result is published as a share where ours is in per cent"
    assert {(one["cohorte"], one["known_at"], one["known_at_assumed"]) for one in found} == {(80, DELIVERED, False)}
