"""The files that pages read: one DuckDB file of sorted tables, and the full-text index of the register (DESIGN §3).

Both are finished and on the disk before publication, and never written again.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import duckdb

from signaux_faibles.home.home import REGISTER, SERVING
from signaux_faibles.relations.files import whole_file
from signaux_faibles.snapshot.accounts import SERVED as SERVED_ACCOUNTS
from signaux_faibles.snapshot.accounts import SERVED_PLACES
from signaux_faibles.snapshot.filing import SERVED_FILINGS
from signaux_faibles.snapshot.register_index import IndexedCompany, build_register_index

SORTED_COPIES = {
    "clean_effectif_ent": "siren, periode",
    "procedures_chronology": "siren, date_effet, action_procol, stade_procol",
    "accounts_coverage": "siren",
    "perimeter": "siren, rule",
    "debt_by_month": "siren, siret, periode",
}
"""Tables served as they are, sorted so that a point read touches one group of rows."""

_ESTABLISHMENTS = """
CREATE TABLE clean_sirene AS
SELECT siren, siret, siege, CASE WHEN NOT contains(adresse, '[ND]') THEN adresse END AS adresse, code_commune,
    departement, libelle_departement, est_actif
FROM read_parquet($tables || 'clean_sirene.parquet')
"""
_COMPANIES = """
CREATE TABLE clean_sirene_ul AS
SELECT siren, CASE WHEN NOT contains(raison_sociale, '[ND]') THEN raison_sociale END AS raison_sociale,
    libelle_categorie_juridique, activite_principale, libelle_activite_principale, naf_section, libelle_naf_section,
    departement, siret_siege, libelle_departement, creation, est_actif
FROM read_parquet($tables || 'clean_sirene_ul.parquet')
"""
"""INSEE writes [ND] in place of the name or address of a non-diffusible unit: neither enters what pages read.

Only the columns that pages show: the register is nine tenths of the file. It is sorted by siret and siren already, and
DuckDB keeps the order of the file it reads."""
_CURRENT_PROCEDURES = """
CREATE TABLE current_procol AS
SELECT * FROM read_parquet($tables || 'current_procedures.parquet') ORDER BY siren
"""
_ASSESSED = """
CREATE TABLE assessed_company AS
SELECT kept.siren, unit.raison_sociale, unit.naf_section, unit.libelle_naf_section, unit.departement, unit.est_actif,
    headcount.effectif, coalesce(places.departments, []) AS active_departments, procedure.libelle_procol
FROM (SELECT DISTINCT siren FROM read_parquet($tables || 'clean_filter.parquet')) AS kept
LEFT JOIN clean_sirene_ul AS unit USING (siren)
LEFT JOIN (
    SELECT siren, arg_max(effectif_ent, periode) AS effectif FROM clean_effectif_ent GROUP BY siren
) AS headcount USING (siren)
LEFT JOIN (
    SELECT siren, list_sort(list(DISTINCT departement)) AS departments FROM clean_sirene
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
) AS places USING (siren)
LEFT JOIN current_procol AS procedure USING (siren)
ORDER BY kept.siren
"""
_INDEXED = """
WITH commune AS (SELECT code, any_value(nom) AS nom FROM read_csv($communes, all_varchar = true) GROUP BY code),
place AS (SELECT DISTINCT siren, code_commune AS code FROM clean_sirene WHERE est_actif OR siege),
places AS (SELECT siren, string_agg(nom, ' ') AS names FROM place JOIN commune USING (code) GROUP BY siren)
SELECT unit.siren, unit.raison_sociale, CASE WHEN unit.raison_sociale IS NOT NULL THEN places.names END
FROM clean_sirene_ul AS unit
LEFT JOIN places USING (siren)
LEFT JOIN assessed_company AS assessed USING (siren)
WHERE unit.est_actif OR unit.siren IN (SELECT siren FROM perimeter)
ORDER BY assessed.effectif DESC NULLS LAST, unit.est_actif DESC, unit.siren
"""
"""Half of the register is closed and never had ten employees: such a company is found by its whole siren or siret."""


def build_serving(snapshot: Path, *, memory_limit: str = "8GB", threads: int = 2) -> None:
    """Write `serving.duckdb` beside the Parquet tables of a snapshot not yet published.

    Args:
        snapshot: folder `HOME/snapshots/<id>` that holds `tables/<name>.parquet` (import-chain §8, `debt_by_month`,
            `perimeter`, the accounts, the procedures).
        memory_limit: what DuckDB may use before it writes to disk, beside the file.
        threads: what DuckDB may use of the machine.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit, "threads": threads}
    with whole_file(snapshot / SERVING) as draft, duckdb.connect(str(draft), config=config) as connection:
        connection.execute("SET enable_progress_bar = false")
        _copy_tables(connection, snapshot / "tables")


def build_search(snapshot: Path, *, memory_limit: str = "8GB") -> None:
    """Write `register.sqlite3`, the full-text index, from the `serving.duckdb` of a snapshot; it takes one core."""
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit, "threads": 1}
    with (
        duckdb.connect(str(snapshot / SERVING), read_only=True, config=config) as connection,
        whole_file(snapshot / REGISTER) as index,
    ):
        connection.execute("SET enable_progress_bar = false")
        build_register_index(_indexed(connection), index)


def _copy_tables(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    folder = {"tables": f"{tables}/"}
    for name, order in SORTED_COPIES.items():
        file = {"file": str(tables / f"{name}.parquet")}
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet($file) ORDER BY {order}", file)
    of_accounts = (SERVED_ACCOUNTS, SERVED_PLACES, SERVED_FILINGS)
    for statement in (_ESTABLISHMENTS, _COMPANIES, _CURRENT_PROCEDURES, _ASSESSED, *of_accounts):
        connection.execute(statement, folder)
    connection.execute("CHECKPOINT")


def _indexed(connection: duckdb.DuckDBPyConnection) -> Iterator[IndexedCompany]:
    communes = files("signaux_faibles") / "reference_tables" / "data" / "communes.csv"
    rows = connection.execute(_INDEXED, {"communes": str(communes)})
    while batch := rows.fetchmany(10_000):
        for siren, name, places in batch:
            yield IndexedCompany(siren, name, places)
