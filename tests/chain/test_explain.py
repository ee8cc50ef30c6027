"""A figure is followed back to the lines it comes from."""

import pytest

from harness.deliveries import DEBIT_HEADER, FOLLOWED, debit
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.explain import explain
from signaux_faibles.chain.plan.plan import PLAN
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.home.published import published


def test_a_table_shows_the_lines_it_was_given_and_what_it_made_of_them(january):
    found = explain(january.home, "clean_debit", FOLLOWED)
    (versions,) = found.inputs
    assert versions.parameter == "versions"
    assert versions.word == "table debt_versions, du périmètre"
    assert {row["siret"][:9] for row in versions.rows} == {FOLLOWED}
    assert {row["siret"][:9] for row in found.result} == {FOLLOWED}
    expected = [row for row in january.rows(published(january.home), "clean_debit") if row["siret"][:9] == FOLLOWED]
    assert len(found.result) == len(expected)
    assert found.rule == "tables.debts.debit.clean_debit"
    assert found.changed == []


def test_a_delivery_is_shown_as_it_was_read(january):
    (debit,) = explain(january.home, "debt_versions", FOLLOWED).inputs
    assert debit.rows
    assert {"batch", "file", "line"} <= set(debit.rows[0])


@pytest.mark.parametrize("step", PLAN, ids=lambda step: step.name)
def test_every_table_can_be_explained(template, step):
    found = explain(template.home, step.name, FOLLOWED)
    assert [given.parameter for given in found.inputs] == list(step.inputs)


def test_a_correction_delivered_since_is_reported(january):
    before = published(january.home)
    corrected = "\n".join([DEBIT_HEADER, debit(f"{FOLLOWED}00001", "101", 1, "1251218", 10000, 25050)])
    january.deliver("2601", sigfaible_debits=corrected)
    january.run("2601", until=Stage.STAGING)
    assert explain(january.home, "debt_versions", FOLLOWED, before).changed == ["debit"]
    assert explain(january.home, "clean_debit", FOLLOWED, before).changed == []


@pytest.mark.parametrize(
    ("table", "siren", "sentence"),
    [
        ("clean_dbit", FOLLOWED, "Table « clean_dbit » inconnue. Tables : .*clean_debit"),
        ("clean_debit", "12345", "« 12345 » n'est pas un siren"),
    ],
)
def test_a_mistyped_name_is_refused_with_what_exists(january, table, siren, sentence):
    with pytest.raises(RunStopped, match=sentence):
        explain(january.home, table, siren)


def test_without_a_snapshot_there_is_nothing_to_explain(chain):
    with pytest.raises(RunStopped, match="Pas d'instantané publié"):
        explain(chain.home, "clean_debit", FOLLOWED)
