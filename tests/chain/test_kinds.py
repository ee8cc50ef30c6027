"""A run refuses to mix invented and real batches, and the mark of a batch is part of what its snapshot is."""

import pytest

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.home.published import published
from signaux_faibles.snapshot.publication import PublicationRefused, publish
from signaux_faibles.sources.discovery import FICTITIOUS_MARK


def mark(chain, batch):
    (chain.deliveries / batch / FICTITIOUS_MARK).write_text("", encoding="utf-8")


def test_an_invented_batch_does_not_follow_a_real_one(january):
    before = published(january.home)
    january.deliver("2602")
    mark(january, "2602")
    with pytest.raises(RunStopped, match="elles ne se mélangent jamais"):
        january.run("2602", carry_over=frozenset({"debit"}))
    assert published(january.home) == before
    assert not (january.home.batches / "2602.json").exists()


def test_nor_does_the_same_batch_once_its_mark_changed(january):
    mark(january, "2601")
    with pytest.raises(RunStopped, match="l'instantané 2601-"):
        january.run("2601")
    assert not Manifest.read(january.home.snapshots / published(january.home)).fictitious


def test_the_mark_is_part_of_the_identity_of_a_snapshot(chain):
    chain.deliver("2601")
    real = chain.run("2601", until=Stage.PERIMETER)
    mark(chain, "2601")
    invented = chain.run("2601", until=Stage.PERIMETER)
    assert invented.files.fictitious
    assert invented.snapshot != real.snapshot


def test_a_snapshot_that_mixes_both_is_not_published(january):
    snapshot = published(january.home)
    manifest = Manifest.read(january.home.snapshots / snapshot)
    assert manifest.batches == {"2601": False}
    manifest.batches["2512"] = True
    manifest.write(january.home.snapshots / snapshot)
    with pytest.raises(PublicationRefused, match="il repose sur des données fictives \\(lot 2512\\)"):
        publish(january.home, snapshot)
