"""Ratios of the Banque de France, by company and year (open-data §2.1, model §1.1, §4.8).

Generated page: docs/sources/ratios_bdf.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import EITHER_DATE, INTEGER, REAL_COMMA, SIREN, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.fiscal.origin import BANK_YEARLY

LAG_DAYS = 549
"""The ratios of a year come around September of the next one (model §1.1): 18 months after a closing in March, the
earliest one that more than one company in twenty has."""

RATIOS = {
    "poids_frng": ("%", "permanent working capital over turnover"),
    "taux_marge": ("%", "margin"),
    "delai_fournisseur": ("jour", "days of suppliers' credit"),
    "dette_fiscale": ("%", "tax and social debts"),
    "financier_court_terme": ("%", "short-term loans"),
    "frais_financier": ("%", "financial charges"),
}
"""The six ratios, under the names of the first models."""

RATIOS_BDF = Contract(
    name="ratios_bdf",
    title="Ratios financiers de la Banque de France",
    owner="Banque de France",
    origin=BANK_YEARLY,
    family=Family.BDF,
    licence="Données confidentielles de la Banque de France : consultation seulement, jamais exportées",
    reference="open-data §2.1, model §1.1, §4.8",
    files=FileNames(exact=("bdf_ratios.csv",), pattern=r"bdf_ratios_[0-9]{4}\.csv", several=True),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="arrete_bilan_bdf", lag_days=LAG_DAYS),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("annee_bdf", INTEGER, "annee_bdf", required=True, doc="year of the exercice"),
        Column("arrete_bilan_bdf", EITHER_DATE, "arrete_bilan_bdf", required=True, doc="end of the exercice"),
        *(Column(name, REAL_COMMA, name, lenient=True, unit=unit, doc=doc) for name, (unit, doc) in RATIOS.items()),
        Column("secteur", TEXT, "secteur", absent=True, longest=100, doc="sector, as the Banque de France words it"),
    ),
    refuse=(
        Rule("arrete_bilan_bdf hors du possible (de 1970 à 2099)", "year(arrete_bilan_bdf) NOT BETWEEN 1970 AND 2099"),
    ),
    doubt=(
        Rule(
            "annee_bdf n'est ni l'année de l'arrêté, ni celle d'avant",
            "annee_bdf NOT BETWEEN year(arrete_bilan_bdf) - 1 AND year(arrete_bilan_bdf)",
        ),
        Rule("aucun ratio", f"coalesce({', '.join(RATIOS)}) IS NULL"),
    ),
    notes=(
        "Older public descriptions name other headers: SIREN (or D1), ANNEE, ARRETE_BILAN, DENOM, SECTEUR, POIDS_FRNG, "
        "TX_MARGE, DELAI_FRS, POIDS_DFISC_SOC, POIDS_FIN_CT, POIDS_FRAIS_FIN, days as mm/jj/aaaa or « 31DEC2014 ». "
        "A file under these headers is refused by name: nothing says whether its months come first.",
        "The six ratios and `annee_bdf`, `arrete_bilan_bdf` are those of the first models, whose present format is "
        "described nowhere: the file is a contract of our own. Units follow from the names.",
        "Protected by the habilitation `bdf`, never exported.",
    ),
)
