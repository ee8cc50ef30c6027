"""The columns of the workbook of a list (application §8.1), each with the family that opens its cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from signaux_faibles.detection.lists.eligibility import K
from signaux_faibles.snapshot.served.activity import Classed
from signaux_faibles.snapshot.served.company_facts import DebtFacts
from signaux_faibles.snapshot.served.comparables import LastAccounts
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.alert_work.state import WorkMark
from signaux_faibles.web.components.templatetags.french import town
from signaux_faibles.web.consultation.explanation import ReadableThemes
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.columns import of_debts
from signaux_faibles.web.lists.held.procedures import PROCEDURE_STATES, procedure_state
from signaux_faibles.web.lists.selection import created_until
from signaux_faibles.web.workbook import DAY, EUROS, INTEGER, MONTH, TEXT, YEAR, Value
from signaux_faibles.wording.french import UNKNOWN_ACTIVITY, yes_or_no

CONFIDENTIAL = "Confidentiel"
MASKED = "Non diffusible"


@dataclass(frozen=True)
class Exported:
    """A company of a workbook.

    Attributes:
        published: the list.
        opens: whether a file may hold a family of this company.
        themes: those that the file may hold.
        capacity: the first companies that a capacity of K a department keeps; None where the list holds no such order.
        accounts: the last public ones; statut: that of its accompagnement, None where the reader sees none.
    """

    candidate: Candidate
    published: PublishedList
    classed: Classed
    themes: ReadableThemes
    opens: Callable[[Family], bool]
    capacity: frozenset[str] | None
    accounts: LastAccounts
    statut: Statut | None


@dataclass(frozen=True)
class ExportColumn:
    """A column of a workbook: its title, its type, its family, the value of a company; None for unknown."""

    title: str
    kind: str
    family: Family
    value: Callable[[Exported], Value]
    width: int = 14

    def cell(self, one: Exported) -> Value:
        """What the cell holds: « Confidentiel » where the file may not hold the family."""
        return self.value(one) if one.opens(self.family) else CONFIDENTIAL


def _debts(read: Callable[[Any], Any]) -> Callable[[Exported], Any]:
    value = of_debts(read)
    return lambda one: value(one.candidate)


def _recent(one: Exported) -> str | None:
    created = one.candidate.alert.created
    return None if created is None else yes_or_no(created > created_until(one.published.month))


def _year(one: Exported) -> int | None:
    created = one.candidate.alert.created
    return None if created is None else created.year


def _in_force(debts: DebtFacts) -> str:
    """Whether a délai is in force, as the filter without délai reads it."""
    return yes_or_no(debts.plan_until is not None)


def _retained(one: Exported) -> str | None:
    return None if one.capacity is None else yes_or_no(one.candidate.alert.siren in one.capacity)


def _first(one: Exported) -> str | None:
    first = one.candidate.alert.first_alert
    return None if first is None else yes_or_no(first)


def _of_last_mark(read: Callable[[WorkMark], Value]) -> Callable[[Exported], Value]:
    """What the last mark on the alert says; nothing where nobody marked it."""
    return lambda one: read(one.candidate.work.last) if one.candidate.work.last else None


def _theme(label: str) -> Callable[[Exported], str | None]:
    """The effect of a theme in words; « Confidentiel » beside a reason that the file may not hold."""

    def words(one: Exported) -> str | None:
        return one.themes.words.get(label, CONFIDENTIAL if one.themes.confidential else None)

    return words


def _procedure(one: Exported) -> str:
    standing = one.candidate.alert.standing
    return (standing and standing.procedure) or PROCEDURE_STATES[procedure_state(standing)]


def _accompanied(one: Exported) -> str:
    return f"Accompagnement {one.statut.value.lower()}" if one.statut else "Aucun dans votre zone"


def _text(title: str, value: Callable[[Exported], Any], width: int = 14) -> ExportColumn:
    return ExportColumn(title, TEXT, Family.OPEN, value, width)


COLUMNS = (
    _text("Siren", lambda one: one.candidate.alert.siren, 11),
    _text("Siret du siège", lambda one: one.classed.head_office, 16),
    _text("Raison sociale", lambda one: one.candidate.alert.name or MASKED, 34),
    _text("Département", lambda one: one.candidate.alert.departement, 12),
    _text("Commune", lambda one: town(one.candidate.alert.town) or None, 20),
    ExportColumn("Création", DAY, Family.OPEN, lambda one: one.candidate.alert.created),
    ExportColumn("Année de création", YEAR, Family.OPEN, _year, 10),
    _text("Forme juridique", lambda one: one.candidate.alert.legal_form, 30),
    _text("Procédure collective", _procedure, 26),
    ExportColumn("Effectif", INTEGER, Family.OPEN, lambda one: one.candidate.alert.headcount, 9),
    ExportColumn("Mois de l’effectif", MONTH, Family.OPEN, lambda one: one.candidate.alert.headcount_month, 13),
    ExportColumn("Dette sociale", EUROS, Family.URSSAF, _debts(lambda debts: debts.total)),
    ExportColumn("Part salariale impayée", EUROS, Family.URSSAF, _debts(lambda debts: debts.employee)),
    ExportColumn("Part salariale due depuis", MONTH, Family.URSSAF, _debts(lambda debts: debts.employee_since)),
    ExportColumn("Dette, changement en 3 mois", EUROS, Family.URSSAF, _debts(lambda debts: debts.grown)),
    ExportColumn("Délai de paiement Urssaf", TEXT, Family.URSSAF, _debts(_in_force), 12),
    ExportColumn("Délai en cours jusqu’au", DAY, Family.URSSAF, _debts(lambda debts: debts.plan_until)),
    _text("Code NAF", lambda one: one.classed.code, 10),
    _text("Activité", lambda one: one.classed.label or UNKNOWN_ACTIVITY, 34),
    _text("Code du secteur", lambda one: one.candidate.alert.section_code, 8),
    _text("Secteur", lambda one: one.candidate.alert.section or UNKNOWN_ACTIVITY, 28),
    ExportColumn("Chiffre d’affaires", EUROS, Family.OPEN, lambda one: one.accounts.turnover),
    ExportColumn("Résultat net", EUROS, Family.OPEN, lambda one: one.accounts.net_result),
    ExportColumn("Capitaux propres", EUROS, Family.OPEN, lambda one: one.accounts.equity),
    ExportColumn("Comptes clos le", DAY, Family.OPEN, lambda one: one.accounts.closing),
    ExportColumn("Niveau d’alerte", TEXT, Family.DETECTION, lambda one: one.candidate.alert.level.label, 16),
    ExportColumn("Rang", INTEGER, Family.DETECTION, lambda one: one.candidate.alert.rank, 8),
    ExportColumn("1ère alerte", TEXT, Family.DETECTION, _first, 10),
    ExportColumn("En alerte depuis", MONTH, Family.DETECTION, lambda one: one.candidate.past.since),
    ExportColumn("Niveau précédent", TEXT, Family.DETECTION, lambda one: one.candidate.past.previous_words, 24),
    *(
        ExportColumn(f"Effet : {theme}", TEXT, Family.DETECTION, _theme(theme), 26)
        for theme in (
            "Santé financière",
            "Dettes sociales",
            "Recours à l'activité partielle",
            "Variation de l'effectif de l'entreprise",
            "Retards de paiement fournisseurs",
            "Environnement",
        )
    ),
    _text("Entreprise de moins de 3 ans", _recent, 12),
    ExportColumn(f"Liste retraitée ({K} par département)", TEXT, Family.URSSAF, _retained, 14),
    _text("Accompagnement", _accompanied, 28),
    ExportColumn("Travail", TEXT, Family.DETECTION, lambda one: one.candidate.work.words, 24),
    ExportColumn("Retour", TEXT, Family.DETECTION, lambda one: one.candidate.work.returned or None, 34),
    ExportColumn("Dernier acte le", DAY, Family.DETECTION, _of_last_mark(lambda last: last.on)),
    ExportColumn("Dernier acte par", TEXT, Family.DETECTION, _of_last_mark(lambda last: last.by), 24),
    ExportColumn("Note", TEXT, Family.DETECTION, _of_last_mark(lambda last: last.note or None), 40),
    _text("Liste de détection", lambda one: f"{one.published.label} (n° {one.published.number})", 22),
    ExportColumn("Affectée à", TEXT, Family.DETECTION, lambda one: one.candidate.work.assignee or None, 18),
)
