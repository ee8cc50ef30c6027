"""What a report says about both nomenclatures of activities: where codes come from, and what the switch changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signaux_faibles.chain.report.page import Grid, Section
from signaux_faibles.perimeter.exclusions import NAF_2025 as EXCLUDED_IN_2025
from signaux_faibles.perimeter.ledger import NOMENCLATURE
from signaux_faibles.perimeter.rules import ACTIVITY
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.snapshot.churn import of_nomenclature
from signaux_faibles.snapshot.difference import Difference
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2
from signaux_faibles.tables.activities.activities import DEDUCED, DELIVERED, EARLIER
from signaux_faibles.tables.sector.backoff import SOURCES
from signaux_faibles.wording.french import counted, number, percent

TITLE = "Nomenclature d'activités"
PUBLISHED = SOURCES[1]
MANY_UNKNOWN = 0.01
"""If the model does not know the sector of a larger share of the followed companies, the report opens with it."""
UNKNOWN, COARSE = "inconnue", "déduite à un niveau moins fin"
ORIGINS = {
    DELIVERED: "livrée",
    EARLIER: "dernier code livré, la NAF 2025 n'ayant pas changé",
    DEDUCED: "déduite de l'autre nomenclature",
    COARSE: "déduite, mais pas jusqu'à la sous-classe",
    UNKNOWN: "inconnue",
}


@dataclass(frozen=True)
class NomenclatureFacts:
    """The activities of the companies of the perimeter.

    Attributes:
        followed: companies of the perimeter; in_2025: those whose main code is of the NAF 2025.
        origins: companies by origin of their code, in the NAF rév. 2 then in the NAF 2025.
        pairs, official: pairs of codes seen together, and pairs of the official table.
        unsure: codes without a sure image in the other nomenclature, because they split or too few units have them.
        entered, left: companies that the nomenclature alone moved at this batch; moved: at any batch up to it.
        would_enter, would_leave: those that it will move once their code of the NAF 2025 is the main one.
        other_class: companies placed in their sector that the NAF 2025 compares with other companies; other_place:
            those whose place it changes; unpublished: those for which only the NAF rév. 2 has published quantiles.
    """

    followed: int
    in_2025: int
    origins: tuple[dict[str, int], dict[str, int]]
    pairs: int
    official: int
    unsure: int
    entered: int
    left: int
    moved: int
    would_enter: int
    would_leave: int
    other_class: int
    other_place: int
    unpublished: int

    @property
    def switched(self) -> bool:
        """Whether the register is in NAF 2025 for most companies."""
        return 2 * self.in_2025 > self.followed

    @property
    def warnings(self) -> list[str]:
        """What deserves a look: companies that the model scores without knowing their sector."""
        unknown = self.origins[0].get(UNKNOWN, 0)
        if not self.switched or unknown <= MANY_UNKNOWN * self.followed:
            return []
        remedy = (
            ""
            if self.pairs or self.official
            else (
                " Aucune livraison passée n'a les deux codes : déposez la table de correspondance de l'Insee "
                "(Correspondances_NAFrev2-NAF2025.csv)."
            )
        )
        return [
            f"Secteur inconnu du modèle pour {counted(unknown, 'entreprise suivie', 'entreprises suivies')} sur "
            f"{number(self.followed)} : leur NAF rév. 2 n'est ni livrée, ni déduite.{remedy}"
        ]


def _origin(prefix: str) -> str:
    return f"""
SELECT CASE
    WHEN {prefix}_origine IS NULL THEN '{UNKNOWN}'
    WHEN {prefix}_origine = '{DEDUCED}' AND {prefix}_5 IS NULL THEN '{COARSE}'
    ELSE {prefix}_origine
END AS origine, count(*) FROM followed GROUP BY origine
"""


_FOLLOWED = """
CREATE VIEW followed AS SELECT * FROM read_parquet($tables || 'activities.parquet') AS activity
SEMI JOIN read_parquet($tables || 'clean_filter.parquet') AS kept USING (siren)
"""
_CORRESPONDENCE = """
SELECT count(*) FILTER (unites + etablissements > 0), count(*) FILTER (officielle),
    (SELECT count(*) FILTER (niv5 IS NULL) FROM read_parquet($tables || 'naf_images.parquet'))
FROM read_parquet($tables || 'naf_pairs.parquet')
"""
_LEDGER = f"""
SELECT count(*) FILTER (batch = $batch AND kept), count(*) FILTER (batch = $batch AND NOT kept), count(*)
FROM read_parquet($tables || 'perimeter_ledger.parquet')
WHERE changed_by = '{NOMENCLATURE}'
"""
_FORESEEN = f"""
WITH others AS (
    SELECT siren, bool_and(kept) FILTER (rule != '{ACTIVITY}') AS kept,
        bool_and(kept) FILTER (rule = '{ACTIVITY}') AS now
    FROM read_parquet($tables || 'perimeter.parquet') GROUP BY siren
)
SELECT count(*) FILTER (NOT now AND next), count(*) FILTER (now AND NOT next)
FROM others JOIN (
    SELECT siren, {NAF_2025.delivered} NOT IN {EXCLUDED_IN_2025} AS next
    FROM read_parquet($tables || 'candidates.parquet')
    WHERE nomenclature = '{NAF_REV2.name}' AND {NAF_2025.delivered} IS NOT NULL
) USING (siren)
WHERE others.kept
"""
_CLASSES = f"""
WITH last AS (
    SELECT * FROM read_parquet($tables || 'sector_positions.parquet')
    WHERE siren IN (SELECT siren FROM followed WHERE nomenclature = '{NAF_2025.name}')
)
SELECT count(DISTINCT siren) FILTER (one.cohorte IS DISTINCT FROM other.cohorte
        OR one.mediane IS DISTINCT FROM other.mediane),
    count(DISTINCT siren) FILTER (one.quadrant IS DISTINCT FROM other.quadrant),
    count(DISTINCT siren) FILTER (one.source = '{PUBLISHED}' AND other.source IS DISTINCT FROM one.source)
FROM (FROM last WHERE nomenclature = '{NAF_REV2.name}') AS one
JOIN (FROM last WHERE nomenclature = '{NAF_2025.name}') AS other USING (siren, exercice, ratio)
"""
_READ = ("activities", "clean_filter", "naf_pairs", "naf_images", "perimeter_ledger", "perimeter", "candidates")


def nomenclature_facts(tables: Path, batch: str) -> NomenclatureFacts | None:
    """Count the activities of a folder of tables; None where they are not computed."""
    if not all((tables / f"{name}.parquet").exists() for name in _READ):
        return None
    folder = {"tables": f"{tables}/"}
    with in_memory() as connection:
        connection.execute(_FOLLOWED.replace("$tables", f"'{tables}/'"))
        total = "SELECT count(*), count(*) FILTER (nomenclature = ?) FROM followed"
        followed, in_2025 = connection.execute(total, [NAF_2025.name]).fetchall()[0]
        rev2, naf25 = (dict(connection.execute(_origin(one.prefix)).fetchall()) for one in (NAF_REV2, NAF_2025))
        pairs, official, unsure = connection.execute(_CORRESPONDENCE, folder).fetchall()[0]
        entered, left, moved = connection.execute(_LEDGER, {**folder, "batch": batch}).fetchall()[0]
        foreseen = connection.execute(_FORESEEN, folder).fetchall()[0]
        placed = (tables / "sector_positions.parquet").exists()
        classes = connection.execute(_CLASSES, folder).fetchall()[0] if placed else (0, 0, 0)
    return NomenclatureFacts(
        followed, in_2025, (rev2, naf25), pairs, official, unsure, entered, left, moved, *foreseen, *classes
    )


def nomenclature_section(facts: NomenclatureFacts | None, difference: Difference | None) -> Section:
    """Where the codes of both nomenclatures come from, and whom the switch moved; empty before there are two."""
    if facts is None or not (facts.in_2025 or set(facts.origins[1]) - {UNKNOWN}):
        return Section(TITLE)
    sentences = [
        f"{counted(facts.in_2025, 'entreprise suivie a', 'entreprises suivies ont')} la NAF 2025 pour code principal, "
        f"sur {number(facts.followed)}."
    ]
    sentences += _effects(facts, difference) if facts.in_2025 else _foreseen(facts)
    sentences.append(
        f"Correspondance : {counted(facts.pairs, 'paire de codes vue', 'paires de codes vues')} dans les livraisons, "
        f"{number(facts.official)} dans la table officielle ; "
        f"{counted(facts.unsure, 'code n’a', 'codes n’ont')} pas d'image sûre dans l'autre nomenclature."
    )
    rows = tuple(
        (label, *(_share(origins.get(origin, 0), facts.followed) for origins in facts.origins))
        for origin, label in ORIGINS.items()
        if any(origins.get(origin) for origins in facts.origins)
    )
    grid = Grid(
        "Activité des entreprises suivies", ("Origine", NAF_REV2.label, NAF_2025.label), rows, frozenset({1, 2})
    )
    return Section(TITLE, tuple(sentences), (grid,))


def _effects(facts: NomenclatureFacts, difference: Difference | None) -> list[str]:
    """Whom the nomenclature alone moved: perimeter, class of comparison, list."""
    enter, leave = counted(facts.entered, "entre", "entrent"), counted(facts.left, "sort", "sortent")
    sentences = [
        f"Périmètre : du seul fait de la nomenclature, {enter} à ce lot et {leave} ; "
        f"{counted(facts.moved, 'mouvement', 'mouvements')} depuis le passage.",
        f"Secteur : {counted(facts.other_class, 'entreprise se compare', 'entreprises se comparent')} à d'autres qu'en "
        f"NAF rév. 2 (cohorte ou médiane), dont {number(facts.unpublished)} parce que les quantiles publiés "
        f"ne sont qu'en NAF rév. 2 ; la place de {number(facts.other_place)} en est changée.",
    ]
    if difference is None:
        return sentences
    moves, same = of_nomenclature(difference.churn), difference.renamed
    alerts = (moves.alerts_entering, moves.alerts_leaving) if moves else (0, 0, 0)
    sentences.append(
        f"Liste : depuis {difference.before.id}, {counted(alerts[0], 'alerte entre', 'alertes entrent')} et "
        f"{counted(alerts[1], 'sort', 'sortent')} du seul fait de la nomenclature"
        + (
            f" ; au plus {counted(same.levels, 'niveau change', 'niveaux changent')} par un secteur autrement lu, pour "
            f"{counted(same.sections, 'entreprise', 'entreprises')} de même NAF 2025."
            if same
            else "."
        )
    )
    return sentences


def _foreseen(facts: NomenclatureFacts) -> list[str]:
    """Whom the switch will move, reported as soon as both codes are delivered."""
    return [
        "Au passage à la NAF 2025, à livraisons égales, le périmètre gagnerait "
        f"{counted(facts.would_enter, 'entreprise', 'entreprises')} et en perdrait {number(facts.would_leave)}."
    ]


def _share(count: int, followed: int) -> str:
    return f"{number(count)} ({percent(count / followed)})" if followed else number(count)
