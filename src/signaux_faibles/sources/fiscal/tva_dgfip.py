"""VAT returns: forms 3310-CA3, by month or quarter, and 3517-S (CA12), by year (open-data §2.1, §2.3).

Generated page: docs/sources/tva_dgfip.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Delivery, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, DECIMAL_COMMA, EITHER_DATE, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.fiscal.origin import UNKNOWN_RHYTHM

FORMS = ("CA3", "CA12")
AMOUNTS = {
    "chiffre_affaires": "taxable turnover, without tax",
    "tva_brute": "tax collected",
    "tva_deductible": "tax paid to suppliers",
    "tva_nette": "tax due",
    "credit_tva": "tax to be given back",
}

TVA_DGFIP = Contract(
    name="tva_dgfip",
    title="Déclarations de TVA (CA3 et CA12)",
    owner="DGFiP",
    origin=UNKNOWN_RHYTHM,
    family=Family.FISCAL,
    licence="Secret fiscal : agents de la DGFiP seulement",
    reference="open-data §2.1, §2.3, model §4.5",
    files=FileNames(exact=("dgfip_tva.csv",), pattern=r"dgfip_tva_[0-9-]+\.csv", several=True),
    dialect=Dialect(separator="|"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_depot"),
    delivery=Delivery.INCREMENT,
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("formulaire", CODE, "formulaire", required=True, longest=10, doc="CA3 or CA12"),
        Column("date_debut", EITHER_DATE, "date_debut_periode", required=True, doc="first day declared"),
        Column("date_fin", EITHER_DATE, "date_fin_periode", required=True, doc="last day declared"),
        Column("date_depot", EITHER_DATE, "date_depot", required=True, doc="day of the declaration"),
        Column("numero", CODE, "numero_declaration", longest=50, doc="of the declaration"),
        *(Column(name, DECIMAL_COMMA, name, unit="euro", doc=doc) for name, doc in AMOUNTS.items()),
    ),
    refuse=(
        Rule("formulaire n'est ni CA3, ni CA12", f"formulaire NOT IN {FORMS}"),
        Rule("date_fin_periode précède date_debut_periode", "date_fin < date_debut"),
        Rule("période de plus de 24 mois", "date_fin >= date_debut + INTERVAL 24 MONTH"),
    ),
    doubt=(
        Rule("déclaration déposée avant la fin de sa période", "date_depot < date_fin"),
        Rule("chiffre d'affaires négatif", "chiffre_affaires < 0"),
        Rule("CA3 de plus de trois mois", "formulaire = 'CA3' AND date_fin >= date_debut + INTERVAL 3 MONTH"),
    ),
    notes=(
        "The forms are public but the file is not: names and columns are our own contract, after the lines of the "
        "forms.",
        "A declaration corrected later is another row, with its own day: the table keeps both.",
        "An amount that is not declared is unknown; a declaration « néant » means 0.",
    ),
)
