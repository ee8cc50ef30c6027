"""Notices of BODACC in a run: every delivery counts, and the chronology reports what each source says."""

import json
from datetime import date

from harness.deliveries import FOLLOWED, SMALL
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.report.procedures import procedures_facts

OPENING = "Jugement d'ouverture d'une procédure de sauvegarde"
UNKNOWN = "Jugement d'un genre nouveau"


def notice(number, siren, day, *, published="2026-01-20", nature=OPENING, kind="annonce"):
    """A notice as the open API writes it; without siren, the registration of a person who has none."""
    judgment = {"type": "initial", "famille": "Jugement d'ouverture", "nature": nature, "date": day}
    return {
        "id": f"A20260001{number}", "dateparution": published, "typeavis": kind, "familleavis": "collective",
        "registre": [siren] if siren else ["non inscrit"], "tribunal": "TC", "jugement": json.dumps(judgment),
    }  # fmt: skip


def publish(chain, batch, *notices):
    folder = chain.deliveries / batch
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annonces-commerciales.json").write_text(json.dumps(notices), encoding="utf-8")


def events(chain, outcome):
    rows = chain.rows(outcome.snapshot, "procedures_chronology")
    return [(row["siren"], row["date_effet"], row["date_urssaf"], row["date_bodacc"]) for row in rows]


def test_both_sources_report_one_event_and_the_page_reads_the_judgment(january):
    publish(january, "2601", notice(1, FOLLOWED, "2026-01-10"))
    outcome = january.compute("2601", "current_procedures", "procedures_chronology", "known_procol")
    assert events(january, outcome) == [(FOLLOWED, date(2026, 1, 10), date(2026, 1, 12), date(2026, 1, 10))]
    (current,) = january.rows(outcome.snapshot, "current_procedures")
    assert (current["libelle_procol"], current["date_effet"]) == ("Sauvegarde", date(2026, 1, 10))
    known = {row["date_effet"] for row in january.rows(outcome.snapshot, "known_procol")}
    assert known == {date(2026, 1, 12)}, "the label of detection stays on Urssaf's events"


def test_seven_notices_in_a_hundred_without_siren_do_not_refuse_the_file_and_are_counted(january):
    publish(january, "2601", *(notice(n, None if n < 107 else FOLLOWED, "2026-01-10") for n in range(100, 200)))
    outcome = january.run("2601", until=Stage.STAGING)
    (file,) = outcome.files.delivered["bodacc"]
    assert (file.report["rows_read"], file.report["rows_rejected"]) == (100, 0)
    assert list(file.report["doubts"].values()) == [7]


def test_a_later_batch_adds_to_those_before_and_withdraws_from_them(january):
    publish(january, "2601", notice(1, FOLLOWED, "2025-06-10", published="2025-06-20"))
    january.deliver("2602")
    publish(january, "2602", notice(2, FOLLOWED, "2025-06-10", published="2026-02-11", kind="annulation"))
    tables = ("bodacc_events", "procedures_chronology")
    first, second = (january.compute(batch, *tables) for batch in ("2601", "2602"))
    assert [row["retire_le"] for row in january.rows(first.snapshot, "bodacc_events")] == [None]
    assert [row["retire_le"] for row in january.rows(second.snapshot, "bodacc_events")] == [date(2026, 2, 11)]
    assert events(january, second) == [(FOLLOWED, date(2026, 1, 12), date(2026, 1, 12), None)]


def test_a_cancellation_without_siren_is_not_lost_for_a_company_that_is_followed(january):
    opening = notice(1, FOLLOWED, "2025-06-10", published="2025-06-20")
    named = {"nomPublication": "BODACC A", "numeroParution": "20260001", "numeroAnnonce": "1"}
    cancelling = notice(2, None, "", published="2025-07-20", kind="annulation")
    publish(january, "2601", opening, cancelling | {"parutionavisprecedent": json.dumps(named)})
    outcome = january.compute("2601", "bodacc_events")
    assert [row["retire_le"] for row in january.rows(outcome.snapshot, "bodacc_events")] == [date(2025, 7, 20)]


def test_an_unknown_wording_gives_no_event_and_is_reported(january):
    publish(january, "2601", notice(1, FOLLOWED, "2025-06-10", nature=UNKNOWN))
    outcome = january.run("2601")
    facts = procedures_facts(january.home.snapshots / outcome.snapshot / "tables")
    assert [(one.nature, one.reason, one.notices) for one in facts.wordings] == [(UNKNOWN, None, 1)]
    assert events(january, outcome) == [(FOLLOWED, date(2026, 1, 12), date(2026, 1, 12), None)]


def test_notices_of_companies_never_followed_are_left_out_unless_the_run_is_not_filtered(chain):
    chain.deliver("2601")
    publish(chain, "2601", notice(1, SMALL, "2026-01-10"))
    assert chain.rows(chain.compute("2601", "bodacc_verdicts").snapshot, "bodacc_verdicts") == []
    everyone = chain.compute("2601", "procedures_chronology", filtered=False)
    assert [siren for siren, *_ in events(chain, everyone)] == [FOLLOWED, SMALL]
