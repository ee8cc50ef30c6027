"""The variables read in accounts, payments to suppliers, activité partielle and payment plans.

VAT and published sector positions are not read: VAT is kept for two years and positions are dated by the batch that
brings them, so both are unknown in the months learned from. A model would learn that they do not exist.
"""

from __future__ import annotations

from collections.abc import Callable

from signaux_faibles.detection.features.variable import (
    ACCOUNTS,
    APCONSO,
    DEBTS,
    DELAI,
    LIASSE,
    PAYDEX,
    SHORT_TIME,
    SUPPLIERS,
    Variable,
    column,
    per_employee,
)
from signaux_faibles.wording import french as wording

Shown = Callable[[float], str]


def _percent(value: float) -> str:
    return wording.percent(value / 100)


def _days(value: float) -> str:
    return wording.measured(value, "jour", "jours")


def _points(value: float) -> str:
    return wording.measured(value, "point", "points", 1)


def _rank(value: float) -> str:
    return f"au-dessus de {wording.percent(value, 0)} des entreprises comparables"


def _full_time(value: float) -> str:
    return wording.measured(value, "équivalent temps plein", "équivalents temps plein", 2)


_ACCOUNTS: tuple[tuple[str, str, Shown, int], ...] = (
    ("marge_ebe", "Excédent brut d'exploitation, sur chiffre d'affaires", _percent, -1),
    ("caf_sur_ca", "Capacité d'autofinancement, sur chiffre d'affaires", _percent, -1),
    ("rentabilite_economique", "Rentabilité économique", _percent, -1),
    ("solidite_financiere", "Capitaux propres, sur total du bilan", _percent, -1),
    ("liquidite_reduite", "Liquidité réduite", _percent, -1),
    ("tresorerie_jours", "Trésorerie nette, en jours de chiffre d'affaires", _days, -1),
    ("bfr_jours", "Besoin en fonds de roulement, en jours de chiffre d'affaires", _days, 0),
    ("endettement_net_sur_ca", "Endettement net, sur chiffre d'affaires", _percent, 1),
    ("credit_fournisseurs_jours", "Délai de paiement des fournisseurs, dans les comptes", _days, 1),
    ("credit_clients_jours", "Délai de paiement des clients, dans les comptes", _days, 0),
    ("personnel_sur_va", "Charges de personnel, sur valeur ajoutée", _percent, 1),
    ("evolution_ca", "Chiffre d'affaires : évolution depuis l'exercice précédent", wording.signed_percent, -1),
    ("evolution_marge_ebe", "Excédent brut d'exploitation : évolution de sa part du chiffre d'affaires", _points, -1),
    ("capitaux_propres_faibles", "Capitaux propres sous la moitié du capital", wording.yes_or_no, 1),
    ("comptes_anciennete", "Mois depuis la clôture des derniers comptes", wording.months, 0),
    ("rang_marge_ebe", "Excédent brut d'exploitation, parmi les entreprises comparables", _rank, -1),
    ("rang_solidite_financiere", "Capitaux propres, parmi les entreprises comparables", _rank, -1),
    ("rang_liquidite_reduite", "Liquidité réduite, parmi les entreprises comparables", _rank, -1),
    ("rang_tresorerie_jours", "Trésorerie nette, parmi les entreprises comparables", _rank, -1),
    ("rang_credit_fournisseurs_jours", "Délai de paiement des fournisseurs, parmi les comparables", _rank, 1),
    ("rang_evolution_ca", "Évolution du chiffre d'affaires, parmi les entreprises comparables", _rank, -1),
)
"""Name, label, how a value is shown, sense (`Variable.sense`)."""

ACCOUNT_VARIABLES = tuple(
    Variable(name, label, ACCOUNTS, LIASSE, column(name), ("linear",), shown, sense=sense)
    for name, label, shown, sense in _ACCOUNTS
)

SUPPLIER_VARIABLES = (
    Variable(
        "paydex", "Retard moyen de paiement des fournisseurs", SUPPLIERS, PAYDEX, column("paydex"), ("log",), _days,
        rising=("log",), sense=1,
    ),
    Variable(
        "paydex_evolution_12", "Retard moyen de paiement : évolution sur un an", SUPPLIERS, PAYDEX,
        column("paydex_evolution_12"), ("above", "below"), _days, rising=("above",),
    ),
    Variable(
        "fpi_30", "Part des paiements en retard de plus de 30 jours", SUPPLIERS, PAYDEX, column("fpi_30"), ("linear",),
        _percent, rising=("linear",), sense=1,
    ),
    Variable(
        "fpi_90", "Part des paiements en retard de plus de 90 jours", SUPPLIERS, PAYDEX, column("fpi_90"), ("linear",),
        _percent, rising=("linear",), sense=1,
    ),
)  # fmt: skip

SHORT_TIME_VARIABLES = (
    Variable(
        "ap_par_salarie", "Activité partielle consommée sur un an, par salarié", SHORT_TIME, APCONSO,
        per_employee("ap_etp_12"), ("any", "linear"), _full_time,
    ),
    Variable(
        "ap_mois_12", "Mois avec activité partielle, sur un an", SHORT_TIME, APCONSO, column("ap_mois_12"), ("linear",),
        wording.months,
    ),
)  # fmt: skip

PLAN_VARIABLES = (
    Variable(
        "delai_en_cours", "Délai de paiement Urssaf en cours", DEBTS, DELAI, column("delai_en_cours"), ("any",),
        wording.yes_or_no,
    ),
)  # fmt: skip
