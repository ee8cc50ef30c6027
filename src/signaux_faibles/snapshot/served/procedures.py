"""Procédures collectives as pages show them: events, judgments to read, what keeps a company from being in bonis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.home.manifest import Manifest
from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.by_siren import BySiren
from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.tables.procedures.situations import OUTCOME_UNKNOWN, TO_READ

_CURRENT = """
CREATE TABLE current_procol AS
SELECT * FROM read_parquet($tables || 'current_procedures.parquet') ORDER BY siren
"""
_NOTICES = """
CREATE TABLE bodacc_notice AS
SELECT siren, id, any_value(complement) AS text, any_value(tribunal) AS tribunal
FROM read_parquet($tables || 'bodacc_verdicts.parquet')
WHERE complement IS NOT NULL OR tribunal IS NOT NULL GROUP BY siren, id ORDER BY siren, id
"""
SERVED = (_CURRENT, _NOTICES)
STANDING = """
CASE WHEN procedure.siren IS NOT NULL THEN struct_pack(situation := procedure.situation,
    label := procedure.libelle_procol, unknown_since := procedure.inconnue_depuis,
    to_read := coalesce(procedure.a_lire, 0), notice := procedure.a_lire_id) END
"""
"""The SQL of a `ProcedureStanding`; `procedure` is the row of `current_procol`."""

TITLES = {"procol": "fichier de l’Urssaf", "bodacc": "BODACC"}
"""The sources that could say that a company is not in bonis."""
LONGEST_SILENCE = 2
"""Months without a delivery after which a source no longer proves that a company is in bonis."""

EVENTS = CompanySubject(
    "procedures",
    """(
        SELECT event.*, notice.text, notice.tribunal FROM procedures_chronology AS event
        LEFT JOIN bodacc_notice AS notice ON notice.siren = event.siren AND notice.id = event.id_bodacc
    )""",
    ("date_effet", "action_procol", "stade_procol", "libelle_procol", "date_urssaf", "date_bodacc",
     "known_at_bodacc", "id_bodacc", "etat_oppose", "text", "tribunal"),
    order="date_effet DESC, action_procol, stade_procol",
    mentions="procedures_chronology",
)  # fmt: skip
CURRENT = CompanySubject(
    "standing",
    "current_procol",
    ("situation", "libelle_procol", "inconnue_depuis", "coalesce(a_lire, 0)", "a_lire_id"),
    mentions="current_procol",
)
TO_BE_READ = CompanySubject(
    "judgments_to_read",
    "judgments_to_read",
    ("date_effet", "known_at", "nature", "complement", "motif", "id"),
    order="date_effet DESC NULLS LAST, id DESC",
    mentions="judgments_to_read",
)


@dataclass(frozen=True)
class ProcedureStanding:
    """What keeps a company from being in bonis at the reference date of the snapshot (`current_procedures`).

    Attributes:
        label: the procedure under way, or the one whose outcome is unknown; without either, what is to be read.
        unknown_since: the day since which a judgment is overdue, so that the outcome is unknown.
        to_read: how many judgments someone must read; notice: the id of the last one, None when it has none.
    """

    situation: str
    label: str
    unknown_since: date | None
    to_read: int
    notice: str | None

    @property
    def procedure(self) -> str | None:
        """The procedure under way, or whose outcome is unknown, in words; None where only judgments are known."""
        return None if self.situation == TO_READ else self.label

    @property
    def outcome_is_unknown(self) -> bool:
        """Whether no judgment has touched the procedure for longer than its kind allows."""
        return self.situation == OUTCOME_UNKNOWN


@dataclass(frozen=True)
class JudgmentToRead:
    """A judgment that no rule understands, or a refused record, whose `notice` and days are unknown."""

    on: date | None
    published: date | None
    nature: str | None
    text: str | None
    reason: str
    notice: str | None


@dataclass(frozen=True)
class ProcedureEvent:
    """An event of a procédure collective, as Urssaf and BODACC report it (import-chain §8.6, open-data §2.5).

    Attributes:
        on: the day of the judgment if BODACC reports it, otherwise Urssaf's day of effect.
        urssaf, judged: the day that each source gives; None where it reports nothing.
        published: the day of the BODACC notice; notice: its number.
        opposed: what the other source reports instead, at most a month apart: kind and stage.
        text: of the notice, and the court whose clerk published it, where BODACC gives them.
    """

    on: date
    action: str | None
    stage: str | None
    label: str | None
    urssaf: date | None
    judged: date | None
    published: date | None
    notice: str | None
    opposed: tuple[str, str] | None
    text: str | None = None
    court: str | None = None

    @property
    def judgment_undated(self) -> bool:
        """Whether BODACC gives no day of judgment, so that `judged` is only the day of the notice."""
        return self.judged is not None and self.judged == self.published

    @property
    def dated(self) -> date | None:
        """The day of the event: that of the judgment, otherwise Urssaf's; None where only a notice is dated."""
        return self.urssaf if self.judgment_undated else self.on

    @property
    def plans(self) -> bool:
        """Whether the event is a plan; its label is the procedure under way, which it does not open."""
        return self.stage in ("plan_continuation", "plan_cession")

    @property
    def ends(self) -> bool:
        """Whether the event ends its procedure; its label is then the state that follows, In bonis."""
        return self.stage == "fin_procedure"

    @property
    def joins(self) -> bool:
        """Whether the procedure continues within another one; its label would read as if it were opened that day."""
        return self.stage == "inclusion_autre_procedure"


def procedures_of(snapshot: Snapshot, siren: str) -> list[ProcedureEvent]:
    """The events of procédures collectives that Urssaf or BODACC reports, latest first."""
    rows = snapshot.rows_of(EVENTS, siren)
    events = [ProcedureEvent(*(*row[:-3], _kind_and_stage(row[-3]), *row[-2:])) for row in rows]
    return sorted(events, key=lambda event: event.dated or event.on, reverse=True)


def standing_of(snapshot: Snapshot, siren: str) -> ProcedureStanding | None:
    """What keeps a company from being in bonis, by both sources; None when nothing does."""
    rows = snapshot.rows_of(CURRENT, siren)
    return ProcedureStanding(*rows[0]) if rows else None


def standings_of(snapshot: Snapshot) -> BySiren[ProcedureStanding]:
    """What keeps companies from being in bonis, for those that are not; read once."""
    return snapshot.once(_standings)


def _standings(snapshot: Snapshot) -> BySiren[ProcedureStanding]:
    query = f"SELECT siren, {', '.join(CURRENT.columns)} FROM {CURRENT.table} ORDER BY siren"
    return BySiren.of((siren, ProcedureStanding(*rest)) for siren, *rest in snapshot.rows(query))


def judgments_to_read_of(snapshot: Snapshot, siren: str) -> list[JudgmentToRead]:
    """The judgments of a company that someone must read, latest first."""
    return [JudgmentToRead(*row) for row in snapshot.rows_of(TO_BE_READ, siren)]


def sources_not_read(manifest: Manifest) -> tuple[str, ...]:
    """The sources that could say that a company is not in bonis, and that were not read up to the batch."""
    read = {one.source: one.batch for one in manifest.freshness}
    now = index_of(batch_month(manifest.batch))
    return tuple(
        title
        for source, title in TITLES.items()
        if source not in read or now - index_of(batch_month(read[source])) > LONGEST_SILENCE
    )


def _kind_and_stage(opposed: str | None) -> tuple[str, str] | None:
    """The kind and the stage, which may be empty, of `redressement plan_continuation`, as the chronology writes it."""
    kind, _, stage = (opposed or "").partition(" ")
    return (kind, stage) if kind else None
