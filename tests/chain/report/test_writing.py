"""Whatever stops a run, it ends with a sentence and a report; what no rule foresees leaves its trace in a file."""

import pytest

from signaux_faibles.chain import build as building
from signaux_faibles.chain import run as running
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.report.writing import reported_run


def options(chain):
    return RunOptions("2601", chain.deliveries)


def fails(*_, **__):
    raise ZeroDivisionError("rien ne va.\nQuery: SELECT 1")


@pytest.mark.parametrize(
    ("place", "name", "doing"),
    [
        (running, "accept_batch", "Avant la lecture"),
        (building, "build_serving", "Fichiers de consultation"),
        (building, "describe", "Index de recherche et manifeste"),
        (running, "publish", "Publication"),
    ],
)
def test_an_unforeseen_error_is_said_with_what_was_being_done(chain, monkeypatch, place, name, doing):
    chain.deliver("2601")
    monkeypatch.setattr(place, name, fails)
    with pytest.raises(RunStopped) as refusal:
        reported_run(options(chain), chain.home)
    trace = chain.home.reports / "2601.erreur.txt"
    sentence = str(refusal.value)
    assert sentence.startswith(f"{doing} : erreur imprévue, ZeroDivisionError: rien ne va. ")
    assert sentence.endswith(f"Détail : {trace}")
    assert "SELECT 1" in trace.read_text(encoding="utf-8")
    assert "erreur imprévue" in (chain.home.reports / "2601.txt").read_text(encoding="utf-8")


def test_a_table_that_fails_is_said_with_its_files_and_its_trace(chain, monkeypatch):
    chain.deliver("2601")
    write = building.write_table
    monkeypatch.setattr(
        building, "write_table", lambda step, *rest: fails() if step.name == "debt_by_month" else write(step, *rest)
    )
    with pytest.raises(RunStopped) as refusal:
        reported_run(options(chain), chain.home)
    sentence = str(refusal.value)
    assert sentence.startswith("Table debt_by_month : le calcul a échoué")
    assert "debit" in sentence.partition("Fichiers dont elle vient : ")[2].partition(".")[0].split(", ")
    assert "--carry-over" in sentence
    assert "ZeroDivisionError" in (chain.home.reports / "2601.erreur.txt").read_text(encoding="utf-8")
    assert "Table debt_by_month" in (chain.home.reports / "2601.txt").read_text(encoding="utf-8")
