"""Restes à recouvrer: unpaid taxes, as the DGFiP counts them on a given day (open-data §2.1, model §1.1).

Generated page: docs/sources/rar_dgfip.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Delivery, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, CODE, CONTRIBUTION, EITHER_DATE, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.fiscal.origin import UNKNOWN_RHYTHM

NATURES = ("TVA", "IS", "CFE", "CVAE", "TF", "PAS", "TS", "IR", "AUTRE")

RAR_DGFIP = Contract(
    name="rar_dgfip",
    title="Restes à recouvrer fiscaux",
    owner="DGFiP",
    origin=UNKNOWN_RHYTHM,
    family=Family.FISCAL,
    licence="Secret fiscal : agents de la DGFiP seulement",
    reference="open-data §2.1, §2.3, model §1.1",
    files=FileNames(
        exact=("dgfip_restes_a_recouvrer.csv",), pattern=r"dgfip_restes_a_recouvrer_[0-9-]+\.csv", several=True
    ),
    dialect=Dialect(separator="|"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="date_situation", lag_days=31),
    delivery=Delivery.INCREMENT,
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_situation", EITHER_DATE, "date_situation", required=True, doc="day on which arrears are counted"),
        Column("nature_impot", CODE, "nature_impot", required=True, longest=10, doc="tax"),
        Column("date_exigibilite", EITHER_DATE, "date_exigibilite", doc="day from which the tax could be claimed"),
        Column("montant_initial", CONTRIBUTION, "montant_initial", unit="euro", doc="tax originally due"),
        Column(
            "montant_restant", CONTRIBUTION, "montant_restant", required=True, unit="euro", doc="still due that day"
        ),
        Column("sursis", BOOL, "sursis", absent=True, doc="payment is suspended: claim under way, or payment plan"),
    ),
    refuse=(
        Rule("montant_restant est négatif", "montant_restant < 0"),
        Rule("date_exigibilite suit date_situation", "date_exigibilite > date_situation"),
    ),
    doubt=(
        Rule("nature d'impôt inconnue", f"nature_impot NOT IN {NATURES}"),
        Rule("montant_restant dépasse montant_initial", "montant_restant > montant_initial"),
    ),
    notes=(
        "Public code names the data set but none of its columns: this file is a contract of our own.",
        "A row is one claim on one day. A file lists all the arrears of its day: a company without a row has none.",
        "Each file adds a day to the earlier ones; a day delivered again replaces its earlier version.",
    ),
)
