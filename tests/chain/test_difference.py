"""`sf diff`: what a month changes against the one that is published."""

from harness.deliveries import FOLLOWED, SMALL, headcounts
from signaux_faibles.chain.acceptance import Acceptance
from signaux_faibles.snapshot.difference import difference
from signaux_faibles.snapshot.publication import published


def test_what_enters_and_leaves_and_what_deserves_a_look(january):
    chain, before = january, published(january.home)
    chain.deliver(
        "2602",
        sigfaible_effectif_siren=headcounts(f"{SMALL};50;50;50;c", f"{FOLLOWED};2;2;2;a"),
        sigfaible_pcoll="Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n",
    )
    after = chain.run("2602", accepted=(Acceptance.parse("volume:procol", "vu avec l'Urssaf"),)).snapshot
    found = difference(chain.home, before, after)
    assert (found.entering, found.leaving) == (1, 1)
    changes = {change.name: change for change in found.tables}
    assert (changes["clean_procol"].before, changes["clean_procol"].after) == (1, 0)
    assert changes["clean_sirene"].same
    assert any(sentence.startswith("clean_procol : 1 lignes avant, 0 après") for sentence in found.warnings)
    assert any("procol : données plus anciennes" in sentence for sentence in found.warnings)


def test_a_month_against_itself_changes_nothing(january):
    only = published(january.home)
    found = difference(january.home, only, only)
    assert (found.entering, found.leaving, found.warnings) == (0, 0, [])
    assert all(change.same for change in found.tables)
