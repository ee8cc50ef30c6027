"""`sf parse TYPE FILE`: rows as CSV, report as JSON, a sentence when the file cannot be read."""

import json

import pytest
from typer.testing import CliRunner

from harness.deliveries import DEBIT_HEADER, FOLLOWED, debit
from signaux_faibles.cli import app
from signaux_faibles.sources.registry import CONTRACTS

SIRET = f"{FOLLOWED}00001"


def parse(*arguments):
    return CliRunner().invoke(app, ["parse", *map(str, arguments)])


@pytest.fixture
def debits(tmp_path):
    def write(*lines):
        file = tmp_path / "sigfaible_debits.csv"
        file.write_text("\n".join([DEBIT_HEADER, *lines]) + "\n", encoding="utf-8")
        return file

    return write


def test_the_rows_have_the_columns_of_staging_in_their_order(debits):
    done = parse("debit", debits(debit(SIRET, "101", 1, "1200321", 10050, -250)))
    assert done.exit_code == 0
    header, row = done.stdout.splitlines()
    assert header == (
        "siret,numero_compte,numero_ecart_negatif,date_traitement,part_ouvriere,part_patronale,"
        "numero_historique_ecart_negatif,etat_compte,code_procedure_collective,periode_debut,periode_fin,"
        "periode_prise_en_compte,code_operation_ecart_negatif,code_motif_ecart_negatif,recours_en_cours,debit_id"
    )
    assert row == (
        f"{SIRET},777,101,2020-03-21,100.5,-2.5,1,1,0,2025-01-01,2025-02-01,2020-04-01,1,1,false,"
        f"{SIRET}2025010120250201101"
    )


def test_the_report_counts_rows_and_gives_each_reject_with_its_line_and_reason(debits):
    good = debit(SIRET, "101", 1, "1200320", 1, 1)
    done = parse("debit", debits(good, "only;three;fields", good, debit(SIRET, "101", 1, "0", 1, 1)))
    report = json.loads(done.stderr)
    assert (report["rows_read"], report["rows_kept"], report["rows_rejected"], report["rows_skipped"]) == (4, 2, 2, 0)
    assert report["rejects"] == [
        {"line": 3, "reason": "3 champs au lieu de 17"},
        {"line": 5, "reason": "Dt_trt_ecn « 0 » n'est pas une date Urssaf (A)AAMMJJ"},
    ]
    assert done.exit_code == 0


def test_a_file_of_headers_only_is_read_and_empty(debits):
    done = parse("debit", debits())
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    assert json.loads(done.stderr)["rows_read"] == 0


@pytest.mark.parametrize(
    ("type_", "text", "sentence"),
    [
        ("debit", "", "fichier vide"),
        ("debit", "a;b;c\n1;2;3\n", "introuvable"),
        ("nothing", "x", "Types lus : sirene"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_exits_with_1(tmp_path, type_, text, sentence):
    file = tmp_path / "file.csv"
    file.write_text(text)
    done = parse(type_, file)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert done.stdout == ""


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    done = parse("debit", tmp_path / "nowhere.csv")
    assert done.exit_code == 1
    assert "introuvable" in done.stderr


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_type_reads_a_file_that_it_invites(name, tmp_path):
    contract = CONTRACTS[name]
    headers = list(contract.headers()) + ([f"{contract.months.prefix}201011"] if contract.months else [])
    file = tmp_path / "file.csv"
    quoted = (f'"{header}"' if "\n" in header else header for header in headers)
    file.write_text(contract.dialect.separator.join(quoted) + "\n", encoding="utf-8")
    done = parse(name, file)
    assert done.stdout == ",".join(contract.schema.names) + "\n"
    assert done.exit_code == (1 if name == "filter" else 0)  # an empty perimeter is refused (contract Q15)
