"""Tax accounts of the DGFiP, in the variables of its data lake (open-data §2.3, model §1.8).

Generated page: docs/sources/liasse_dgfip.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Delivery, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, DECIMAL_COMMA, EITHER_DATE, INTEGER, REAL_COMMA, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.fiscal.origin import QUARTERLY

LAG_DAYS = 280
"""By then 95 % of the exercices are declared: the 95th percentile of the invented country, which has late filers.

The usual lag of seven months (model §1.8) dates 2 % of the exercices too early, and 14 % of those of companies about to
fail, because they declare late."""

AMOUNTS = {
    "mnt_af_ca": "turnover",
    "mnt_af_sig_ebe_ret": "gross operating surplus, restated",
    "mnt_af_sig_va_ret": "value added, restated",
    "mnt_af_endettement_net": "net debt",
    "mnt_af_bfonc_actif_circ_expl": "operating current assets",
    "mnt_af_bfonc_actif_circ_h_expl": "other current assets",
    "mnt_af_bfonc_passif_circ_expl": "operating current liabilities",
    "mnt_af_bfonc_passif_circ_h_expl": "other current liabilities",
    "mnt_af_bfonc_bfr": "working capital need",
    "mnt_af_bfonc_tresorerie": "cash",
    "d_cr_250": "wages (2033-B, 250)",
    "d_cr_252": "social charges (2033-B, 252)",
    "d_cr_260": "provisions (2033-B, 260)",
    "d_passf_120_k": "share capital (2033-A, 120)",
    "d_passf_142_k_propres": "equity (2033-A, 142)",
    "d_actf_stk_march_net": "stocks of goods, net",
    "d_actf_stk_mat1e_net": "stocks of raw materials, net",
}
"""Amounts of the lake, in euros."""
RATIOS = {
    "rto_6": ("%", "self-financing capacity"),
    "rto_56": ("%", "reduced liquidity"),
    "nbr_af_jours_creance_cli": ("jour", "days of customers' credit"),
    "nbr_af_jours_reglt_fourn": ("jour", "days of suppliers' credit"),
    "rto_af_endettement_a_terme": ("", "term debt"),
    "rto_af_rent_eco": ("", "economic return"),
    "rto_af_solidite_financiere": ("", "financial soundness"),
    "rto_invest_ca": ("", "investment over turnover"),
    "d_dvs_376_nbr_pers": ("salarié", "average headcount (2033-E, 376)"),
}
"""Ratios and numbers of the lake, with their units where they are known."""

LIASSE_DGFIP = Contract(
    name="liasse_dgfip",
    title="Liasses fiscales : variables et ratios de la DGFiP",
    owner="DGFiP",
    origin=QUARTERLY,
    family=Family.FISCAL,
    licence="Secret fiscal : agents de la DGFiP seulement",
    reference="open-data §2.3, model §1.8",
    files=FileNames(exact=("dgfip_liasses.csv",), pattern=r"dgfip_liasses_[0-9T-]+\.csv", several=True),
    dialect=Dialect(separator="|"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="date_fin_exercice", lag_days=LAG_DAYS),
    delivery=Delivery.INCREMENT,
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_deb_exercice", EITHER_DATE, "date_deb_exercice", required=True, doc="first day of the exercice"),
        Column("date_fin_exercice", EITHER_DATE, "date_fin_exercice", required=True, doc="last day of the exercice"),
        Column("no_ocfi", CODE, "no_ocfi", required=True, longest=20, doc="number of the declaration"),
        Column("annee_exercice", INTEGER, "annee_exercice", required=True, doc="year of the exercice"),
        *(Column(name, DECIMAL_COMMA, name, absent=True, unit="euro", doc=doc) for name, doc in AMOUNTS.items()),
        *(
            Column(name, REAL_COMMA, name, absent=True, lenient=True, unit=unit, doc=doc)
            for name, (unit, doc) in RATIOS.items()
        ),
    ),
    refuse=(Rule("date_fin_exercice précède date_deb_exercice", "date_fin_exercice < date_deb_exercice"),),
    doubt=(
        Rule("exercice de plus de 24 mois", "date_fin_exercice >= date_deb_exercice + INTERVAL 24 MONTH"),
        Rule(
            "annee_exercice n'est pas une année de l'exercice",
            "annee_exercice NOT BETWEEN year(date_deb_exercice) AND year(date_fin_exercice)",
        ),
        Rule("aucune variable", f"coalesce({', '.join([*AMOUNTS, *RATIOS])}) IS NULL"),
    ),
    notes=(
        "The variables and keys are those that the public code of the models reads in the data lake of the DGFiP; no "
        "public document says how they would be delivered. The file is a contract of our own: one file that joins the "
        "declarations and the ratios, separated by « | » as in the lake, with the names of the lake.",
        "Units of the ratios follow from their names. What `no_ocfi` numbers is not documented: it distinguishes two "
        "declarations of one exercice.",
        "There is an extraction per quarter, which adds to the earlier ones. There is no filing date: values are known "
        "from their first extraction, else 280 days after the end of the exercice, flagged: few come later.",
        "An absent amount is unknown, never zero.",
    ),
)
