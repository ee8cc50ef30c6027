"""Procédures collectives: what Urssaf reports, what BODACC publishes, and one chronology of both."""

from datetime import date

from signaux_faibles.chain.plan.delivered import History, InForce, Latest, Rejects
from signaux_faibles.chain.plan.inputs import Among
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import AS_OF, Of, lag_of, months
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_UNMATCHED,
    BODACC_VERDICTS,
    bodacc_events,
    bodacc_unmatched,
    verdicts_of_followed,
)
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY, chronology_in_force
from signaux_faibles.tables.procedures.procol import (
    CLEAN_PROCOL,
    CLEAN_PROCOL_AT_DATE,
    KNOWN_PROCOL,
    PROCOL_EVIDENCE,
    clean_procol,
    clean_procol_at_date,
    known_procol,
    procol_evidence,
)
from signaux_faibles.tables.procedures.situations import CURRENT_PROCEDURES, current_procedures
from signaux_faibles.tables.procedures.to_read import JUDGMENTS_TO_READ, judgments_to_read

FIRST_MONTH = date(2016, 1, 1)
"""First month of `clean_procol_at_date` (import-chain §8.8)."""

STEPS = (
    Step(CLEAN_PROCOL, clean_procol, procol=Latest("procol", Among.PERIMETER)),
    Step(KNOWN_PROCOL, known_procol, deliveries=History("procol", Among.EVER_FOLLOWED), lag_days=lag_of("procol")),
    Step(CLEAN_PROCOL_AT_DATE, clean_procol_at_date, events=Of(CLEAN_PROCOL), calendar=months(FIRST_MONTH)),
    Step(PROCOL_EVIDENCE, procol_evidence, procol=Latest("procol", Among.PERIMETER), day=AS_OF),
    Step(
        BODACC_VERDICTS,
        verdicts_of_followed,
        bodacc=InForce("bodacc", Among.EVER_FOLLOWED),
        everyone=InForce("bodacc"),
        rows_of=("everyone",),
    ),
    Step(BODACC_UNMATCHED, bodacc_unmatched, verdicts=Of(BODACC_VERDICTS), rows_of=("verdicts",)),
    Step(BODACC_EVENTS, bodacc_events, verdicts=Of(BODACC_VERDICTS), rows_of=("verdicts",)),
    Step(PROCEDURES_CHRONOLOGY, chronology_in_force, urssaf=Of(KNOWN_PROCOL), bodacc=Of(BODACC_EVENTS)),
    Step(
        JUDGMENTS_TO_READ,
        judgments_to_read,
        verdicts=Of(BODACC_VERDICTS),
        chronology=Of(PROCEDURES_CHRONOLOGY),
        refused=Rejects(("procol", "bodacc"), Among.EVER_FOLLOWED),
        rows_of=("verdicts", "refused"),
    ),
    Step(
        CURRENT_PROCEDURES,
        current_procedures,
        chronology=Of(PROCEDURES_CHRONOLOGY),
        verdicts=Of(BODACC_VERDICTS),
        to_read=Of(JUDGMENTS_TO_READ),
        day=AS_OF,
    ),
)
