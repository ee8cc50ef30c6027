"""A home folder of invented companies, small but true: the files that the chain and the archive of lists write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from harness.served_once import serve
from harness.tiny_accounts import write_accounts, write_procedures
from harness.tiny_activities import write_activities, write_ledger
from harness.tiny_state import write_state
from signaux_faibles.home.home import READ_BY_PAGES, Home
from signaux_faibles.home.manifest import Manifest, SourceFreshness
from signaux_faibles.relations.files import sha256
from signaux_faibles.snapshot.publication import publish

EUROS = pa.decimal128(15, 2)
LABELS = {"87": "Haute-Vienne", "30": "Gard", "35": "Ille-et-Vilaine", "22": "Côtes-d'Armor"}
COMMUNES = {"87": ("87085", "87000 LIMOGES"), "30": ("30189", "30000 NIMES"), "35": ("35238", "35000 RENNES")}
COMMUNES["22"] = ("22278", "22000 SAINT-BRIEUC")
SECTIONS = {"C": "Industrie manufacturière", "H": "Transports et entreposage", "G": "Commerce"}
MONTHS = [date(2024 + (8 + n) // 12, (8 + n) % 12 + 1, 1) for n in range(26)]
"""September 2024 to October 2026."""


@dataclass(frozen=True)
class Invented:
    """A company of the tiny home; `places` are departments of its active establishments, the head office first.

    One without a name is not disseminated: of its address only the town is known.
    """

    siren: str
    name: str
    places: tuple[str, ...]
    headcount: int | None
    section: str = "C"
    active: bool = True
    level: str | None = None
    rank: int = 0
    first_alert: bool = False
    debt: int | None = None
    excluded: str | None = None
    sign: str | None = None


ATELIERS = Invented("811111111", "ATELIERS DU LIMOUSIN", ("87",), 48, level="elevee", rank=1, debt=52_340)
CEVENOL = Invented("822222222", "TRANSPORTS CÉVENOL", ("30", "87"), 120, "H", level="elevee", rank=2, debt=7_000)
BRETONNE = Invented("833333333", "MÉCANIQUE BRETONNE", ("35", "22"), 75, level="elevee", rank=3, debt=91_000)
ELEONORE = Invented(
    "844444444", "BOULANGERIE ÉLÉONORE", ("87",), 14, level="moderee", rank=4, first_alert=True, sign="AU PAIN D'OR"
)
MASKED = Invented("855555555", "", ("87",), 11, "G", level="moderee", rank=5)
IN_PROCEDURE = Invented("866666666", "CHAUDRONNERIE CŒUR DE VIENNE", ("87",), 33)
TOO_SMALL = Invented("877777777", "PETITE ÉPICERIE", ("87",), 3, "G", excluded="effectif maximal sur 36 mois : 3")
CLOSED = Invented("888888888", "FILATURE ANCIENNE", ("87",), None, active=False, excluded="cessée")
FORGOTTEN = Invented("800000008", "MERCERIE OUBLIÉE", ("87",), None, active=False)
HEALTHY = Invented("899999999", "IMPRIMERIE DU PARC", ("87", "30"), 26, rank=6)
COMPANIES = (ATELIERS, CEVENOL, BRETONNE, ELEONORE, MASKED, IN_PROCEDURE, TOO_SMALL, CLOSED, FORGOTTEN, HEALTHY)


@dataclass
class TinyHome:
    """The home folder; `publish` adds a snapshot and points `current` at it."""

    path: Path
    companies: Sequence[Invented] = field(default=COMPANIES)

    @property
    def home(self) -> Home:
        """The same folder, as the product names it."""
        return Home(self.path)

    def publish(
        self,
        name: str,
        *,
        fictitious: bool = True,
        renamed: Mapping[str, str] | None = None,
        read: Mapping[str, str] | None = None,
        altered: Callable[[Path], None] | None = None,
    ) -> Path:
        """Write a whole snapshot, as the chain does, then publish it.

        Args:
            read: the last batch of each source.
            altered: changes the folder of tables before it is served.
        """
        known = [replace(one, name=(renamed or {}).get(one.siren, one.name)) for one in self.companies]
        folder = self.home.snapshots / name
        write_tables(folder / "tables", known)
        if altered:
            altered(folder / "tables")
        serve(folder)
        write_manifest(folder, name, fictitious, BATCHES if read is None else read)
        publish(self.home, name)
        return folder

    def write_list(self, number: int, label: str, month: date, acts: Sequence[str] = ("draft", "published")) -> Path:
        """Write a list of the archive with the levels of the companies."""
        folder = self.path / "lists" / str(number)
        folder.mkdir(parents=True)
        card = {"number": number, "label": label, "month": month.isoformat(), "fictitious": True, "snapshot": "2610-a"}
        companies = {"elevee": 312, "moderee": 1240, "aucune": 9000}
        card["class_observed"] = {level: {"companies": known} for level, known in companies.items()}
        (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
        lines = [json.dumps({"act": act, "at": "2026-11-02T08:00:00", "by": "chaîne"}) + "\n" for act in acts]
        (folder / "acts.jsonl").write_text("".join(lines), encoding="utf-8")
        write_entries(folder, [one for one in self.companies if one.rank], month)
        write_reasons(folder)
        return folder


def published_home(path: Path) -> TinyHome:
    """A home with one snapshot, two published lists, a draft and a withdrawn list."""
    home = TinyHome(path)
    home.publish("2610-a")
    home.write_list(1, "Avril 2026", date(2026, 4, 1))
    home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    home.write_list(3, "Novembre 2026", date(2026, 11, 1), acts=("draft",))
    home.write_list(4, "Décembre 2026", date(2026, 12, 1), acts=("draft", "published", "withdrawn"))
    return home


DAYS = {
    "debit": date(2026, 10, 20), "effectif_ent": date(2026, 8, 1), "procol": date(2026, 10, 15),
    "bodacc": date(2026, 10, 27), "cotisation": date(2026, 8, 1), "delai": date(2026, 10, 12),
    "apconso": date(2026, 8, 1), "apdemande": date(2026, 9, 30), "tva_dgfip": date(2026, 9, 20),
    "rar_dgfip": date(2026, 9, 1), "effectif": date(2026, 8, 1), "rne": date(2026, 10, 2),
}  # fmt: skip
BATCHES = dict.fromkeys(DAYS, "2610")
"""Of each source, the last day that it describes and the batch that delivered it."""


def write_manifest(folder: Path, name: str, fictitious: bool, batches: Mapping[str, str]) -> None:
    """The card of the snapshot."""
    freshness = tuple(SourceFreshness(source, batch, DAYS[source]) for source, batch in batches.items())
    Manifest(
        id=name,
        batch="2610",
        as_of=date(2026, 10, 31),
        built_at="2026-11-02T08:00:00",
        engine="duckdb",
        fictitious=fictitious,
        filtered=True,
        tables={},
        freshness=freshness,
        files={file: sha256(folder / file) for file in READ_BY_PAGES if (folder / file).exists()},
    ).write(folder)


def write_tables(folder: Path, companies: Sequence[Invented]) -> None:
    """The clean tables of import-chain §8 that pages read, with `debt_by_month` and `perimeter`."""
    folder.mkdir(parents=True)
    assessed = [one for one in companies if one.headcount and not one.excluded]
    _write(folder / "clean_sirene_ul.parquet", _units(companies))
    _write(folder / "clean_sirene.parquet", _establishments(companies))
    _write(folder / "trade_names.parquet", _trade_names(companies))
    _write(folder / "clean_filter.parquet", {"siren": (pa.string(), [one.siren for one in assessed])})
    _write(folder / "clean_effectif_ent.parquet", _headcounts(companies))
    _write(folder / "clean_debit.parquet", _debits(companies))
    _write(folder / "debt_by_month.parquet", _debts(companies))
    sirens = [one.siren for one in companies]
    write_accounts(folder, sirens)
    write_procedures(folder, sirens)
    _write(folder / "perimeter.parquet", _perimeter(companies))
    write_ledger(folder, sirens)
    write_activities(folder, {one.siren: one.section for one in companies})
    write_state(folder, [(one.siren, one.headcount) for one in companies], MONTHS[:24])


def write_entries(folder: Path, scored: Sequence[Invented], month: date) -> None:
    """`entries.parquet` of a list."""
    classes = {"elevee": 0.31, "moderee": 0.09, None: 0.006}
    columns: dict[str, tuple[pa.DataType, Sequence[Any]]] = {
        "siren": (pa.string(), [one.siren for one in scored]),
        "month": (pa.date32(), [month] * len(scored)),
        "probability": (pa.float64(), [1 / (one.rank + 1) for one in scored]),
        "level": (pa.string(), [one.level for one in scored]),
        "rank": (pa.int32(), [one.rank for one in scored]),
        "first_alert": (pa.bool_(), [one.first_alert for one in scored]),
        "departement": (pa.string(), [one.places[0] for one in scored]),
        "class_observed": (pa.float64(), [classes[one.level] for one in scored]),
    }
    _write(folder / "entries.parquet", columns)


def write_reasons(folder: Path) -> None:
    """`reasons.parquet`: for the Ateliers, a variable of each kind; for the others in alert, the debts alone."""
    day = date(2026, 10, 20)
    debt = ("Dettes sociales", "debt_ratio", "Dette sociale rapportée aux cotisations", 0.42, "42 % des cotisations")
    rows: list[tuple[Any, ...]] = [(ATELIERS.siren, *debt, 0.03, "Urssaf", "urssaf", day, 1.4)]
    rows += [(one.siren, *debt, None, "Urssaf", "urssaf", day, 0.8) for one in (CEVENOL, BRETONNE, ELEONORE, MASKED)]
    trend = (
        "Variation de l'effectif de l'entreprise",
        "headcount_trend",
        "Effectif : évolution sur un an",
        -0.2,
        "−20 %",
    )
    equity = ("Santé financière", "equity", "Capitaux propres rapportés au bilan", 0.35, "35 %")
    rows.append((ATELIERS.siren, *trend, -0.01, "Urssaf (effectifs)", "open", date(2026, 8, 1), 0.6))
    rows.append((ATELIERS.siren, *equity, 0.31, "Comptes publics INPI", "open", date(2026, 7, 30), -0.3))
    names = ("siren", "theme", "variable", "label", "value", "text", "sector_median", "source", "family")
    kinds = [pa.string()] * 4 + [pa.float64(), pa.string(), pa.float64(), pa.string(), pa.string()]
    kinds += [pa.date32(), pa.float64()]
    table = zip((*names, "known_at", "contribution"), kinds, zip(*rows, strict=True), strict=True)
    columns: dict[str, tuple[pa.DataType, list[Any]]] = {name: (kind, list(values)) for name, kind, values in table}
    _write(folder / "reasons.parquet", columns)


def _units(companies: Sequence[Invented]) -> dict[str, Any]:
    texts = {
        "siren": [one.siren for one in companies],
        "raison_sociale": [one.name or None for one in companies],
        "categorie_juridique": ["5710"] * len(companies),
        "libelle_categorie_juridique": ["SAS, société par actions simplifiée"] * len(companies),
        "activite_principale": ["25.62B"] * len(companies),
        "libelle_activite_principale": ["Mécanique industrielle"] * len(companies),
        "naf_section": [one.section for one in companies],
        "libelle_naf_section": [SECTIONS[one.section] for one in companies],
        **{
            f"{name}25{end}": [None] * len(companies)
            for name, end in (("activite_principale_naf", ""), ("naf", "_section"))
        },
        "departement": [one.places[0] for one in companies],
        "siret_siege": [one.siren + "00010" for one in companies],
        "libelle_departement": [LABELS[one.places[0]] for one in companies],
        "region": ["75"] * len(companies),
        "libelle_region": ["Nouvelle-Aquitaine"] * len(companies),
    }
    columns: dict[str, Any] = {name: (pa.string(), values) for name, values in texts.items()}
    columns["creation"] = (pa.date32(), [date(2004, 3, 12)] * len(companies))
    columns["est_actif"] = (pa.bool_(), [one.active for one in companies])
    return columns


def _establishments(companies: Sequence[Invented]) -> dict[str, Any]:
    rows = [(one, n, place) for one in companies for n, place in enumerate(one.places, start=1)]
    texts = {
        "siren": [one.siren for one, _, _ in rows],
        "siret": [f"{one.siren}000{n}0" for one, n, _ in rows],
        "adresse": [
            f"{n} RUE DES FORGES\n{COMMUNES[place][1]}" if one.name else COMMUNES[place][1].split(" ", 1)[1]
            for one, n, place in rows
        ],
        "code_commune": [COMMUNES[place][0] for _, _, place in rows],
        "departement": [place for _, _, place in rows],
        "libelle_departement": [LABELS[place] for _, _, place in rows],
        "ape": ["25.62B"] * len(rows),
        "ape_naf25": [None] * len(rows),
    }
    columns: dict[str, Any] = {name: (pa.string(), values) for name, values in texts.items()}
    columns["date_creation"] = (pa.date32(), [date(2004, 3, 12)] * len(rows))
    columns["siege"] = (pa.bool_(), [n == 1 for _, n, _ in rows])
    columns["est_actif"] = (pa.bool_(), [one.active for one, _, _ in rows])
    return columns


def _trade_names(companies: Sequence[Invented]) -> dict[str, Any]:
    known = [one for one in companies if one.sign]
    return {
        "siren": (pa.string(), [one.siren for one in known]),
        "kind": (pa.string(), ["enseigne"] * len(known)),
        "name": (pa.string(), [one.sign for one in known]),
    }


def _headcounts(companies: Sequence[Invented]) -> dict[str, Any]:
    rows = [(one, month) for one in companies if one.headcount is not None for month in MONTHS[:24]]
    return {
        "siren": (pa.string(), [one.siren for one, _ in rows]),
        "periode": (pa.date32(), [month for _, month in rows]),
        "effectif_ent": (pa.int32(), [one.headcount for one, _ in rows]),
        "is_latest": (pa.bool_(), [month == MONTHS[23] for _, month in rows]),
    }


def _debits(companies: Sequence[Invented]) -> dict[str, Any]:
    owing = [one for one in companies if one.debt]
    return {
        "siret": (pa.string(), [one.siren + "00010" for one in owing]),
        "periode": (pa.date32(), [MONTHS[6]] * len(owing)),
        "part_ouvriere": (EUROS, [Decimal(one.debt or 0) / 4 for one in owing]),
        "part_patronale": (EUROS, [Decimal(one.debt or 0) * 3 / 4 for one in owing]),
        "is_last": (pa.bool_(), [True] * len(owing)),
    }


def _debts(companies: Sequence[Invented]) -> dict[str, Any]:
    rows = [(one, month) for one in companies if one.debt for month in MONTHS[6:]]
    grown = {month: Decimal(n + 1) / 20 for n, month in enumerate(MONTHS[6:])}
    owed = [(Decimal(one.debt or 0) * grown[month]).quantize(Decimal("0.01")) for one, month in rows]
    return {
        "siret": (pa.string(), [one.siren + "00010" for one, _ in rows]),
        "siren": (pa.string(), [one.siren for one, _ in rows]),
        "periode": (pa.date32(), [month for _, month in rows]),
        "part_ouvriere": (EUROS, [(amount / 4).quantize(Decimal("0.01")) for amount in owed]),
        "part_patronale": (EUROS, [amount - (amount / 4).quantize(Decimal("0.01")) for amount in owed]),
        "impaye_depuis": (pa.date32(), [MONTHS[5] for _ in rows]),
        "dette_nouvelle": (EUROS, [Decimal(one.debt or 0) / 20 for one, _ in rows]),
        "rembourse": (EUROS, [Decimal(0)] * len(rows)),
    }


def _perimeter(companies: Sequence[Invented]) -> dict[str, Any]:
    known = [one for one in companies if one.headcount is not None or one.excluded]
    kept = "effectif maximal sur 36 mois : 48"
    return {
        "siren": (pa.string(), [one.siren for one in known]),
        "kept": (pa.bool_(), [one.excluded is None for one in known]),
        "rule": (pa.string(), ["effectif"] * len(known)),
        "detail": (pa.string(), [one.excluded or kept for one in known]),
    }


def _write(file: Path, columns: Mapping[str, tuple[pa.DataType, Sequence[Any]]]) -> None:
    arrays = {name: pa.array(values, type=kind) for name, (kind, values) in columns.items()}
    pq.write_table(pa.table(arrays), file)
