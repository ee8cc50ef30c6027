"""The companies that the index holds, in order of importance, from the tables that are served."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from signaux_faibles.snapshot.search.companies import NAME_MARK
from signaux_faibles.snapshot.search.writing import BLOCK

_INDEXED = f"""
WITH held AS (
    SELECT * FROM clean_sirene_ul WHERE est_actif OR siren IN (SELECT siren FROM perimeter)
),
place AS (
    SELECT siren, code_commune AS code, bool_or(siege) AS siege, departement,
        nullif(regexp_extract(adresse, '(?:^|\\n)([0-9]{{5}}) ', 1), '') AS postcode,
        CASE WHEN code_commune IS NULL THEN array_to_string(string_split(adresse, '\n')[-2:], ' ')
            ELSE nullif(regexp_extract(adresse, '(?:^|\\n)[0-9]{{5}} ([^\\n]+)', 1), '') END AS written
    FROM clean_sirene SEMI JOIN held USING (siren) WHERE est_actif OR siege GROUP BY ALL
),
counted AS (
    SELECT siren, count(*) AS places, any_value(code) AS towns, any_value(postcode) AS postcodes,
        any_value(departement) AS departments, any_value(written) AS town_names
    FROM place GROUP BY siren
),
places AS (
    SELECT siren, towns, postcodes, departments, town_names FROM counted WHERE places = 1
    UNION ALL
    SELECT siren, string_agg(code, ' ' ORDER BY siege DESC, code, postcode),
        string_agg(DISTINCT postcode, ' ' ORDER BY postcode),
        string_agg(DISTINCT departement, ' ' ORDER BY departement),
        string_agg(DISTINCT written, '\n' ORDER BY written)
    FROM place SEMI JOIN (FROM counted WHERE places > 1) AS several USING (siren) GROUP BY siren
),
zone AS (
    SELECT siren, count(*) AS establishments, min(departement) AS first, max(departement) AS last FROM clean_sirene
    WHERE est_actif GROUP BY siren
),
wide_zone AS (
    SELECT siren, string_agg(DISTINCT departement, ' ' ORDER BY departement) AS departements
    FROM clean_sirene SEMI JOIN (FROM zone WHERE first <> last) AS several USING (siren)
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
),
other_name AS (
    SELECT siren, string_agg(kind || '{NAME_MARK}' || replace(name, '\n', ' '), '\n' ORDER BY kind, name) AS names
    FROM read_parquet($tables || 'trade_names.parquet') GROUP BY siren
)
SELECT unit.siren, unit.raison_sociale, unit.departement, unit.libelle_departement, label.libelle,
    coalesce(unit.est_actif, false), coalesce(wide_zone.departements, zone.first, ''),
    places.towns, places.postcodes, other_name.names, places.departments,
    coalesce(assessed.section, CASE WHEN label.section IS NOT NULL AND label.nomenclature = in_force.nomenclature
        THEN CASE WHEN in_force.nomenclature = 'NAF2025' THEN '2025-' ELSE '' END || label.section END),
    assessed.effectif,
    CASE WHEN procedure.situation = 'en_cours' THEN procedure.action_procol END,
    places.town_names, coalesce(zone.establishments, 0)
FROM held AS unit
LEFT JOIN places USING (siren)
LEFT JOIN zone USING (siren)
LEFT JOIN wide_zone USING (siren)
LEFT JOIN other_name USING (siren)
LEFT JOIN assessed_company AS assessed USING (siren)
LEFT JOIN company_activity AS activity USING (siren)
LEFT JOIN current_procol AS procedure ON procedure.siren = unit.siren
CROSS JOIN nomenclature_in_force AS in_force
LEFT JOIN naf_label AS label ON label.code = CASE coalesce(activity.nomenclature, unit.nomenclature)
    WHEN 'NAF2025' THEN unit.activite_principale_naf25 ELSE unit.activite_principale END
    AND label.nomenclature = coalesce(activity.nomenclature, unit.nomenclature)
ORDER BY assessed.effectif DESC NULLS LAST, unit.est_actif DESC, unit.siren
"""
"""Half of the companies are closed and never had ten employees: only their whole siren or siret finds those.

Places are put together only where there are several: an ordered `string_agg` costs DuckDB tens of microseconds a group,
and nearly all companies have one."""


def indexed(connection: duckdb.DuckDBPyConnection, tables: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of `IndexedCompany`, in order of importance: in order already when this returns.

    Args:
        connection: on the served tables; tables: folder of the Parquet tables of the snapshot.
    """
    rows = connection.execute(_INDEXED, {"tables": f"{tables}/"})
    first = rows.fetchmany(BLOCK)  # no row comes before all are in order
    blocks = chain([first], iter(lambda: rows.fetchmany(BLOCK), []))
    return chain.from_iterable(blocks)
