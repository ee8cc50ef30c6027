"""What a report counts in the tables of accounts and of procedures."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.chain.report.accounts import accounts_facts, accounts_section
from signaux_faibles.chain.report.procedures import procedures_facts, procedures_section
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import ACCOUNTS_ASIDE, ACCOUNTS_COVERAGE
from signaux_faibles.tables.accounts.quality import ANOMALIES
from signaux_faibles.tables.procedures.bodacc import BODACC_EVENTS, BODACC_UNMATCHED
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY
from signaux_faibles.tables.procedures.situations import CURRENT_PROCEDURES
from signaux_faibles.tables.procedures.to_read import JUDGMENTS_TO_READ

UNFLAGGED = dict.fromkeys(ANOMALIES, False)
DAY = date(2026, 1, 8)


def write(folder, schema, rows):
    pq.write_table(pa.Table.from_pylist(rows, schema=schema.arrow), folder / f"{schema.name}.parquet")


def write_accounts(folder, accounts=(), aside=(), reasons=()):
    write(folder, ACCOUNTS, [UNFLAGGED | filing for filing in accounts])
    write(folder, ACCOUNTS_ASIDE, aside)
    covered = [{"siren": str(rank), "exercices": known, "motif": motif} for rank, (known, motif) in enumerate(reasons)]
    write(folder, ACCOUNTS_COVERAGE, covered)


def write_procedures(folder, chronology=(), events=(), unmatched=()):
    write(folder, PROCEDURES_CHRONOLOGY, chronology)
    write(folder, BODACC_EVENTS, events)
    write(folder, BODACC_UNMATCHED, unmatched)


def test_filings_are_counted_by_flag_and_companies_by_what_is_known_of_them(tmp_path):
    write_accounts(
        tmp_path,
        accounts=[
            {"known_at_assumed": False, "plafonne": True, "identite_rompue": True},
            {"known_at_assumed": True, "plafonne": True},
            {"known_at_assumed": True},
        ],
        aside=[{"motif": "dépôt refusé à la lecture : vide"}],
        reasons=[
            (2, None),
            (1, None),
            (0, "aucun dépôt reçu"),
            (0, "dépôt refusé à la lecture : vide"),
            (0, "dépôt refusé à la lecture : m1 illisible"),
        ],
    )
    section = accounts_section(accounts_facts(tmp_path))
    assert section.sentences == (
        "3 dépôts lus, dont 2 sans date de dépôt ; 1 dépôt écarté. Entreprises qui ont des comptes : 2 sur 5.",
    )
    flags, reasons = section.grids
    assert [row[:2] for row in flags.rows] == [
        ("montant plafonné à 2 147 483 647", "2"),
        ("totaux incohérents", "1"),
    ]
    assert reasons.rows == (
        ("dépôt refusé à la lecture", "2", "40,00\u00a0%"),
        ("ratios calculés", "2", "40,00\u00a0%"),
        ("aucun dépôt reçu", "1", "20,00\u00a0%"),
    )


def test_filings_without_a_liasse_are_said_to_be_regular(tmp_path):
    write_accounts(
        tmp_path,
        accounts=[{"liasse": "confidentielle"}] * 3 + [{"liasse": "non saisie"}, {"liasse": "saisie"}],
        reasons=[(1, "comptes confidentiels : aucun ratio")],
    )
    assert accounts_section(accounts_facts(tmp_path)).sentences[1:] == (
        "Dépôts sans liasse, et réguliers : 3 aux comptes confidentiels, ce qui est un droit de l'entreprise, et 1 que "
        "l'INPI n'a pas saisis. Aucun n'est un rejet.",
    )


def test_a_batch_without_accounts_says_nothing_of_them(tmp_path):
    assert accounts_facts(tmp_path) is None
    write_accounts(tmp_path, reasons=[(0, "aucun dépôt reçu")])
    assert accounts_section(accounts_facts(tmp_path)).empty


def test_events_are_counted_by_what_reports_them(tmp_path):
    write_procedures(
        tmp_path,
        chronology=[
            {"source_unique": False, "date_urssaf": DAY, "date_bodacc": DAY},
            {"source_unique": True, "date_urssaf": DAY},
            {"source_unique": True, "date_urssaf": DAY, "etat_oppose": "redressement ouverture"},
            {"source_unique": True, "date_bodacc": DAY, "etat_oppose": "sauvegarde ouverture"},
        ],
        events=[{"retire_le": DAY}, {}],
    )
    assert procedures_section(procedures_facts(tmp_path)).sentences == (
        "4 événements : 1 dit par l'Urssaf et le BODACC, 2 par l'Urssaf seule, 1 par le BODACC seul ; "
        "2 contredits par l'autre source. 1 événement retiré par une annonce postérieure.",
    )


def test_a_wording_that_no_rule_knows_comes_first_and_deserves_a_look(tmp_path):
    days = {"premiere_parution": DAY, "derniere_parution": DAY}
    write_procedures(
        tmp_path,
        unmatched=[
            {"famille": "Arrêt", "nature": "Arrêts divers", "motif": "arrêt sans dispositif", "annonces": 9, **days},
            {"famille": "Jugement", "nature": "Jugement inédit", "annonces": 3, **days},
        ],
    )
    facts = procedures_facts(tmp_path)
    (grid,) = procedures_section(facts).grids
    assert [row[:4] for row in grid.rows] == [
        ("Jugement inédit", "Jugement", "aucune règle ne le connaît", "3"),
        ("Arrêts divers", "Arrêt", "arrêt sans dispositif", "9"),
    ]
    assert facts.warnings == [
        "BODACC : 1 libellé inconnu (3 annonces), sans effet sur la chronologie. Voir « Procédures collectives »."
    ]


def test_what_is_in_suspense_is_counted_and_listed_by_reason(tmp_path):
    write_procedures(tmp_path)
    write(tmp_path, CURRENT_PROCEDURES, [{"siren": str(n), "situation": "issue_inconnue"} for n in range(3)])
    unnamed = "la décision n'est pas nommée"
    waiting = [("X", "A1", unnamed), ("X", "A2", unnamed), ("Y", "A3", unnamed)]
    waiting += [("Z", None, "jugement n'est pas un objet JSON")]
    rows = [{"siren": siren, "id": id_, "date_effet": DAY, "motif": reason} for siren, id_, reason in waiting]
    write(tmp_path, JUDGMENTS_TO_READ, rows)
    section = procedures_section(procedures_facts(tmp_path))
    assert section.sentences[1].startswith("3 procédures d'issue inconnue : aucun jugement ne les a touchées")
    (grid,) = section.grids
    assert [row[:3] for row in grid.rows] == [
        (unnamed, "2", "3"),
        ("jugement n'est pas un objet JSON", "1", "1"),
    ]


def test_wordings_that_are_known_to_say_little_warn_of_nothing(tmp_path):
    write_procedures(tmp_path, unmatched=[{"nature": "Arrêts divers", "motif": "à lire", "annonces": 9}])
    assert procedures_facts(tmp_path).warnings == []
    assert procedures_facts(tmp_path / "nowhere") is None
