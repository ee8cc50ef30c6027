"""The published lists as pages read them: frozen levels and reasons, beside the register of the pinned snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from signaux_faibles.detection.levels import NONE, Level
from signaux_faibles.detection.lists.archive import PUBLISHED, ArchivedList, archived, intact
from signaux_faibles.detection.lists.past.planning import IMPORTED
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.by_siren import BySiren
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.search.identifiers import identifiers
from signaux_faibles.snapshot.search.reading import reading
from signaux_faibles.snapshot.served.place import companies, of_companies
from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.snapshot.shelf import Snapshot


class Scope(Enum):
    """Which tie to a zone brings a company into a list."""

    HEAD_OFFICE = "siege"
    ESTABLISHMENT = "implantation"


@dataclass(frozen=True)
class PublishedList:
    """A list that is published now, and the folder that holds it."""

    number: int
    label: str
    month: date
    fictitious: bool
    folder: Path
    class_companies: Mapping[str, int]
    """By level, the number of companies behind its observed frequency; empty without a back-test."""
    card: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What was frozen with the list; the first ones hold less."""
    published_on: date | None = field(default=None, compare=False)
    """The day of its publication; None when the archive does not say."""

    @property
    def imported(self) -> bool:
        """Whether the service before this one published it: its model and its reasons are not known here."""
        return self.card.get("origin") == IMPORTED


@dataclass(frozen=True)
class ListEntry:
    """A scored company in a list.

    Attributes:
        first_alert: None when no list was published in the months before, so that it cannot be known.
        class_observed: share of the companies of its level that failed, on the last list of the back-test; None when
            not known.
        class_companies: the number of companies behind that share; None when not known.
    """

    level: Level | None
    first_alert: bool | None
    class_observed: float | None
    class_companies: int | None


@dataclass(frozen=True)
class Alert:
    """A company in alert, as a row of a list; `town` is that of the head office."""

    siren: str
    rank: int
    name: str | None
    departement: str | None
    town: str | None
    section_code: str | None
    section: str | None
    legal_form: str | None
    created: date | None
    headcount: int | None
    headcount_month: date | None
    standing: ProcedureStanding | None
    active: bool
    active_departments: frozenset[str]
    level: Level
    first_alert: bool | None


@dataclass(frozen=True)
class AlertCount:
    """How many companies of a level have active establishments in exactly these departments; `siren` for one alone."""

    level: Level
    first_alert: bool | None
    active_departments: frozenset[str]
    siren: str | None
    companies: int


Scored = tuple[str | None, bool | None, float | None]
"""The level, whether it is a first alert, the share of its class that failed."""
_ALERTS = """
SELECT entry.siren, entry.rank, company.raison_sociale, entry.departement, company.commune, company.section,
    company.libelle_section, company.libelle_categorie_juridique, company.creation, company.effectif,
    company.periode_effectif, company.standing, coalesce(company.est_actif, false),
    coalesce(company.active_departments, []), entry.level, entry.first_alert
FROM memory.{entries} AS entry
LEFT JOIN assessed_company AS company ON company.siren = entry.siren
WHERE entry.level IS NOT NULL AND {tied}
ORDER BY entry.rank
"""
_TIED = {
    Scope.HEAD_OFFICE: "entry.departement IN (SELECT unnest($zone))",
    Scope.ESTABLISHMENT: "list_has_any(company.active_departments, $zone)",
}
_COUNTED = """
SELECT entry.level, entry.first_alert, coalesce(company.active_departments, []) AS places,
    CASE WHEN entry.siren IN (SELECT unnest($apart)) THEN entry.siren END AS apart, count(*)
FROM memory.{entries} AS entry LEFT JOIN assessed_company AS company ON company.siren = entry.siren
WHERE entry.level IS NOT NULL AND entry.departement IN (SELECT unnest($zone))
GROUP BY ALL
"""
_RANKED = """
SELECT siren FROM read_parquet($entries) WHERE departement IN (SELECT unnest($departements)) ORDER BY rank
"""
_KEPT_ENTRIES = "SELECT * FROM read_parquet($entries) ORDER BY siren"
_SCORED = "SELECT siren, level, first_alert, class_observed FROM read_parquet($entries) ORDER BY siren"
"""Lists never change: their tables are read from their files once, and kept in memory in the order of pages."""
_FIRST_ALERTS = "SELECT count(*) = 0 FROM memory.{entries} WHERE level IS NOT NULL AND first_alert IS NULL"


def published_lists(home: Home) -> list[PublishedList]:
    """The lists whose last act is a publication, latest first; one whose tables are no longer its own is left out."""
    lists = [
        PublishedList(
            one.number,
            one.card["label"],
            one.month,
            one.card["fictitious"],
            one.folder,
            _class_companies(one),
            one.card,
            one.since_day,
        )
        for one in archived(home)
        if one.state == PUBLISHED and intact(one)
    ]
    return sorted(lists, key=lambda one: (one.month, one.number), reverse=True)


def alerts(snapshot: Snapshot, chosen: PublishedList, zone: frozenset[str], scope: Scope) -> list[Alert]:
    """The companies in alert that are tied to a zone, most at risk first; the caller decides who may read them."""
    query = _ALERTS.format(entries=_entries(snapshot, chosen), tied=_TIED[scope])
    return [_alert(row) for row in snapshot.rows(query, {"zone": sorted(zone)})]


def alert_counts(
    snapshot: Snapshot, chosen: PublishedList, zone: frozenset[str], apart: Collection[str]
) -> list[AlertCount]:
    """The alerts of companies whose head office is in a zone, counted by what decides who may read them.

    Args:
        apart: the companies that are counted each by itself, because more than places ties them to the reader.
    """
    query = _COUNTED.format(entries=_entries(snapshot, chosen))
    rows = snapshot.rows(query, {"zone": sorted(zone), "apart": sorted(apart)})
    return [AlertCount(Level(level), first, frozenset(places), siren, n) for level, first, places, siren, n in rows]


def all_alerts(snapshot: Snapshot, chosen: PublishedList) -> list[Alert]:
    """All the companies in alert, most at risk first; values that many share are one in memory."""
    query = _ALERTS.format(entries=_entries(snapshot, chosen), tied="TRUE")
    interned: dict[Any, Any] = {}
    rows_of_list = []
    for *cells, standing, active, places, level, first_alert in snapshot.rows(query):
        stands = ProcedureStanding(**standing) if standing else None
        shared = (*cells, stands, active, frozenset(places), Level(level), first_alert)
        rows_of_list.append(Alert(*(interned.setdefault((type(one), one), one) for one in shared)))
    return rows_of_list


def sirens_found(snapshot: Snapshot, text: str, sirens: Collection[str]) -> frozenset[str]:
    """Those of these companies that a text finds, as the search of the whole register would, or names by identifier.

    Raises:
        SearchRefused: the search would cost too much.
    """
    named = {one.siren for one in identifiers(text)}
    if named:
        return frozenset(sirens) & named
    if not reading(text).parts:
        return frozenset()
    matches = snapshot.search(text, SearchFilters(sirens=sirens), counted=len(sirens))
    return frozenset(one.siren for one in snapshot.registered(matches.ranks))


def alerts_of(snapshot: Snapshot, chosen: PublishedList, sirens: Collection[str]) -> dict[str, Alert]:
    """Those of these companies that are in alert in a list; the caller decides who may read them."""
    query = _ALERTS.format(entries=_entries(snapshot, chosen), tied=f"entry.{of_companies(sirens)}")
    return {alert.siren: alert for alert in map(_alert, snapshot.rows(query, companies(sirens)))}


def ranked(snapshot: Snapshot, chosen: PublishedList, departements: Collection[str]) -> list[str]:
    """The companies that a list assessed in some departments, in alert or not, most at risk first."""
    files = {"entries": str(chosen.folder / "entries.parquet")}
    return [siren for (siren,) in snapshot.rows(_RANKED, {**files, "departements": sorted(departements)})]


def entry(snapshot: Snapshot, chosen: PublishedList, siren: str) -> ListEntry | None:
    """The entry of a company in a list, None if it was not scored."""
    scores = scored(snapshot, chosen).get(siren)
    if scores is None:
        return None
    level, first_alert, observed = scores
    return ListEntry(Level(level) if level else None, first_alert, observed, chosen.class_companies.get(level or NONE))


def levels(snapshot: Snapshot, chosen: PublishedList, sirens: Collection[str]) -> dict[str, Level]:
    """The level of each company in alert, among those given."""
    by_company = levels_of_lists(snapshot, [chosen], sirens)
    return {siren: level for siren, by_list in by_company.items() if (level := by_list.get(chosen.number))}


def history(snapshot: Snapshot, lists: Sequence[PublishedList], siren: str) -> list[tuple[PublishedList, Level | None]]:
    """The lists that assessed a company, in the order given, with its level; None where it was not in alert."""
    by_number = levels_of_lists(snapshot, lists, [siren])[siren]
    return [(one, by_number[one.number]) for one in lists if one.number in by_number]


def levels_of_lists(
    snapshot: Snapshot, lists: Sequence[PublishedList], sirens: Collection[str]
) -> dict[str, dict[int, Level | None]]:
    """By siren, the number of each list that assessed the company with its level; None where it was not in alert."""
    by_siren: dict[str, dict[int, Level | None]] = {siren: {} for siren in sirens}
    for one in lists:
        read = scored(snapshot, one)
        for siren, by_list in by_siren.items():
            if row := read.get(siren):
                by_list[one.number] = Level(row[0]) if row[0] else None
    return by_siren


def scored(snapshot: Snapshot, chosen: PublishedList) -> BySiren[Scored]:
    """How a list scored each company; read once."""

    def read() -> BySiren[Scored]:
        rows = snapshot.rows(_SCORED, {"entries": str(chosen.folder / "entries.parquet")})
        return BySiren.of((siren, (level, first, share)) for siren, level, first, share in rows)

    return snapshot.once_for(("scored", chosen.number), read)


def first_alerts_known(snapshot: Snapshot, chosen: PublishedList) -> bool:
    """Whether the list knows which alerts are first ones; not without a list published in the months before."""
    return bool(snapshot.rows(_FIRST_ALERTS.format(entries=_entries(snapshot, chosen)))[0][0])


def legal_forms(snapshot: Snapshot) -> tuple[str, ...]:
    """The legal forms of the companies of the perimeter, in alphabetical order."""
    return snapshot.once(_legal_forms)


def _legal_forms(snapshot: Snapshot) -> tuple[str, ...]:
    query = """
        SELECT DISTINCT libelle_categorie_juridique FROM assessed_company
        WHERE libelle_categorie_juridique IS NOT NULL ORDER BY 1
    """
    return tuple(form for (form,) in snapshot.rows(query))


def _entries(snapshot: Snapshot, chosen: PublishedList) -> str:
    """The table, in memory, of the companies that a list scored."""
    table = f"list_{chosen.number}_entries"
    snapshot.keep_table(table, _KEPT_ENTRIES, {"entries": str(chosen.folder / "entries.parquet")})
    return table


def _class_companies(one: ArchivedList) -> dict[str, int]:
    # Lists are never rewritten, and the first ones do not hold it.
    return {level: observed["companies"] for level, observed in one.card.get("class_observed", {}).items()}


def _alert(row: tuple[Any, ...]) -> Alert:
    *identity, standing, active, places, level, first_alert = row
    stands = ProcedureStanding(**standing) if standing else None
    return Alert(*[*identity, stands, active, frozenset(places), Level(level), first_alert])
