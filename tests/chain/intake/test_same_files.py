"""A file that is that of the month before, to the byte: everything in it is sound, and nothing in it is new."""

from __future__ import annotations

import pytest

from harness.deliveries import headcounts
from signaux_faibles.chain.plan.step import Stage

PROCEDURE = "Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n10000000100001;100000001;13JAN2026;1;Sauvegarde_ouverture\n"


def same_files(chain, batch, **changes):
    """The files that the report of a batch calls the same as before, with the batch that it names."""
    chain.deliver(batch, **changes)
    warnings = chain.run(batch, until=Stage.STAGING).files.warnings
    return {line.split(" : ")[0]: line.split("lot ")[1][:4] for line in warnings if "à l'octet près" in line}


@pytest.fixture
def january_read(chain):
    chain.deliver("2601")
    assert same_files(chain, "2601") == {}
    return chain


def test_each_file_that_was_due_and_is_that_of_the_month_before_is_said(january_read):
    found = same_files(january_read, "2602")
    assert found["sigfaible_debits.csv"] == "2601"
    assert "sigfaible_effectif_siren.csv" not in found, "an extraction is due every six months only"


def test_a_file_that_changed_is_not(january_read):
    rows = headcounts("100000001;20;21;23;a", "100000003;5;5;5;c")
    found = same_files(january_read, "2607", sigfaible_pcoll=PROCEDURE)
    assert "sigfaible_pcoll.csv" not in found
    assert found["sigfaible_effectif_siren.csv"] == "2601"
    assert "sigfaible_effectif_siren.csv" not in same_files(january_read, "2701", sigfaible_effectif_siren=rows)


def test_a_batch_that_is_run_again_is_not_compared_with_itself(january_read):
    assert same_files(january_read, "2601") == {}
