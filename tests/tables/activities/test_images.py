"""What a code of one nomenclature is in the other."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from harness.rules import on_every_engine
from harness.text_tables import Names, parse, typed
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.sources.insee.correspondance_naf import CORRESPONDANCE_NAF
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, NIV
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.tables.activities.images import (
    FEWEST,
    LEARNED,
    NAF_IMAGES,
    OFFICIAL,
    SHARE,
    SPLIT,
    TOO_FEW,
    naf_images,
)
from signaux_faibles.tables.activities.pairs import NAF_PAIRS, naf_pairs


def of(engine, text, schema):
    return engine.from_arrow(typed(parse(text), schema, Names(1)))


@on_every_engine
def test_the_pairs_are_those_seen_together_and_those_of_the_official_table(engine):
    units = """
        siren | activite_principale | activite_principale_naf25
        A     | 62.01Z              | 62.10Y
        B     | 62.01Z              | 62.10Y
        C     | 62.01Z              |
        D     |                     | 62.10Y
        E     | 62.01Z              | junk
    """
    establishments = """
        siren | siret | ape    | ape_naf25
        A     | A     | 62.01Z | 62.10Y
        B     | B     | 56.10C | 56.11J
    """
    official = """
        naf_rev2 | naf_2025
        62.01Z   | 62.10Y
        62.01Z   | 62.10Y
        84.30A   | 84.30G
    """
    pairs = naf_pairs(
        of(engine, units, SIRENE_UL.staging),
        of(engine, establishments, SIRENE.staging),
        of(engine, official, CORRESPONDANCE_NAF.staging),
    )
    assert engine.collect(pairs, NAF_PAIRS).to_pylist() == [
        {"naf_rev2": "56.10C", "naf_2025": "56.11J", "unites": 0, "etablissements": 1, "officielle": False},
        {"naf_rev2": "62.01Z", "naf_2025": "62.10Y", "unites": 2, "etablissements": 1, "officielle": True},
        {"naf_rev2": "84.30A", "naf_2025": "84.30G", "unites": 0, "etablissements": 0, "officielle": True},
    ]


PAIRS = """
    naf_rev2 | naf_2025 | unites | etablissements | officielle
    47.79Z   | 47.79G   | 20     | 30             | true
    47.79Z   | 47.79H   | 50     | 0              | true
    56.10C   | 56.11J   | 90     | 5              | false
    56.10C   | 56.12Y   | 5      | 0              | false
    62.02A   | 62.20G   | 40     | 0              | false
    62.02A   | 63.10Y   | 40     | 0              | false
    74.10Z   | 74.11Y   | 5      | 0              | false
    84.30A   | 84.30G   | 0      | 0              | true
    84.30B   | 84.30H   | 0      | 0              | true
    30.30Z   | 30.31Y   | 0      | 0              | true
    30.30Z   | 30.32Y   | 0      | 0              | true
    68.20A   | 68.20G   | 60     | 40             | true
    68.20A   | 55.20Y   | 3      | 0              | true
    45.32Z   | 47.82Y   | 90     | 0              | false
    45.11Z   | 47.82Y   | 10     | 0              | false
"""
# nomenclature, code, its image at each level from the sub-class, source, why the sub-class is not known
IMAGES = [
    ("one image nearly always", "NAFRev2", "56.10C", ("56.11J", "56.11", "56.1", "56", "I"), LEARNED, None),
    ("two images of one class", "NAFRev2", "47.79Z", (None, "47.79", "47.7", "47", "G"), OFFICIAL, SPLIT),
    ("two images of one section", "NAFRev2", "62.02A", (None, None, None, None, "K"), LEARNED, SPLIT),
    ("too few units to learn from", "NAFRev2", "74.10Z", (None,) * 5, None, TOO_FEW),
    ("seen by nobody, one official image", "NAFRev2", "84.30A", ("84.30G", "84.30", "84.3", "84", "P"), OFFICIAL, None),
    ("seen by nobody, two official images", "NAFRev2", "30.30Z", (None, None, "30.3", "30", "C"), OFFICIAL, SPLIT),
    (
        "the register is finer than the table",
        "NAFRev2",
        "68.20A",
        ("68.20G", "68.20", "68.2", "68", "M"),
        LEARNED,
        None,
    ),
    ("two codes merge into one", "NAF2025", "47.82Y", ("45.32Z", "45.32", "45.3", "45", "G"), LEARNED, None),
    ("back from a code that did not split", "NAF2025", "56.12Y", (None,) * 5, None, TOO_FEW),
    ("back from the one of many", "NAF2025", "62.20G", ("62.02A", "62.02", "62.0", "62", "J"), LEARNED, None),
]


@pytest.fixture
def images(engine):
    """The images of `PAIRS`, by nomenclature and code."""
    return collected(engine, typed(parse(PAIRS), NAF_PAIRS, Names(1)))


def collected(engine, pairs: pa.Table):
    codes = (engine.from_arrow(load(one.table)) for one in (NAF_REV2, NAF_2025))
    rows = engine.collect(naf_images(engine.from_arrow(pairs), *codes), NAF_IMAGES).to_pylist()
    return {(row["nomenclature"], row["code"]): row for row in rows}


@on_every_engine
def test_the_image_of_a_code_goes_as_fine_as_is_sure(images, engine):
    for name, nomenclature, code, levels, source, reason in IMAGES:
        row = images[nomenclature, code]
        assert (tuple(row[niv] for niv in NIV), row["source"], row["raison"]) == (levels, source, reason), name


@on_every_engine
def test_the_weight_of_an_image_is_kept(images, engine):
    assert (images["NAFRev2", "56.10C"]["part"], images["NAFRev2", "56.10C"]["observations"]) == (0.95, 100)
    assert (images["NAFRev2", "84.30A"]["part"], images["NAFRev2", "84.30A"]["observations"]) == (None, 0)


CODES = {"NAFRev2": load("naf_codes"), "NAF2025": load("naf25_codes")}
some = {name: st.sampled_from(codes["niv5"].to_pylist()[::40]) for name, codes in CODES.items()}
seen = st.tuples(some["NAFRev2"], some["NAF2025"], st.integers(0, 40), st.booleans())


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@tried(15)
@given(pairs=st.lists(seen, min_size=1, max_size=30, unique_by=lambda pair: pair[:2]))
def test_an_image_is_never_more_than_was_seen(engine, pairs):
    table = pa.table(
        {
            "naf_rev2": [one for one, *_ in pairs], "naf_2025": [other for _, other, *_ in pairs],
            "unites": [count for *_, count, _ in pairs], "etablissements": [0] * len(pairs),
            "officielle": [official for *_, official in pairs],
        },
        schema=NAF_PAIRS.arrow,
    )  # fmt: skip
    for (nomenclature, code), row in collected(engine, table).items():
        side = 0 if nomenclature == "NAFRev2" else 1
        mine = [pair for pair in pairs if pair[side] == code]
        counts = {pair[1 - side]: pair[2] for pair in mine}
        listed = [pair[1 - side] for pair in mine if pair[3]]
        if row["niv5"] is not None and row["source"] == LEARNED:
            assert sum(counts.values()) >= FEWEST
            assert counts[row["niv5"]] >= SHARE * sum(counts.values())
        if row["niv5"] is not None and row["source"] == OFFICIAL:
            assert listed == [row["niv5"]]
        known = [row[niv] is not None for niv in NIV]
        assert known == sorted(known), "a level is known, and a coarser one is not"
