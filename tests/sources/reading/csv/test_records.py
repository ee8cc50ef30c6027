"""The rules of quoting, strict and lazy (import-chain §4.1)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.sources.reading.csv.records import LONGEST_FIELD_LINES, Malformed, SplitRecord, split_record

BARE = "guillemet isolé dans un champ sans guillemets"
MISPLACED = "guillemet mal placé dans un champ entre guillemets"
UNCLOSED = "guillemet ouvert et jamais refermé"

BOTH = [
    # lines of the file, fields of the first record, lines that it takes
    (["a;b;c"], ["a", "b", "c"], 1),
    (["a;;"], ["a", "", ""], 1),
    ([";"], ["", ""], 1),
    ([" "], [" "], 1),
    (['"a";"b"'], ["a", "b"], 1),
    (['"a;b";c'], ["a;b", "c"], 1),
    (['"a""b";c'], ['a"b', "c"], 1),
    (['"";c'], ["", "c"], 1),
    (['""""'], ['"'], 1),
    (['a;"b', 'c";d'], ["a", "b\nc", "d"], 2),
    (['a;"b', "", 'c"'], ["a", "b\n\nc"], 3),
    (["a'b;c"], ["a'b", "c"], 1),
    (["a\rb;c"], ["a\rb", "c"], 1),
]

DIFFERENT = [
    # lines, what strict says, what lazy reads
    (['a"b;c'], BARE, ['a"b', "c"]),
    (['C"1;c'], BARE, ['C"1', "c"]),
    ([' "a";c'], BARE, [' "a"', "c"]),
    (['"a"b";c'], MISPLACED, ['a"b', "c"]),
    (['"a" ;c";d'], MISPLACED, ['a" ;c', "d"]),
    (['a;"b"c', 'd"'], MISPLACED, ["a", 'b"c\nd']),
]


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize(("lines", "fields", "taken"), BOTH)
def test_a_well_formed_record_reads_the_same_strict_or_lazy(lines, fields, taken, lazy):
    assert split_record(lines, ";", lazy=lazy) == SplitRecord(fields, taken)


@pytest.mark.parametrize(("lines", "reason", "fields"), DIFFERENT)
def test_a_stray_quote_is_refused_by_strict_and_kept_by_lazy(lines, reason, fields):
    assert split_record(lines, ";", lazy=False) == Malformed(reason)
    assert split_record(lines, ";", lazy=True) == SplitRecord(fields, len(lines))


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize("lines", [['"a'], ['a;"b', "c;d"], ['"a;b', *["x"] * (LONGEST_FIELD_LINES - 1)]])
def test_a_quote_never_closed_costs_its_record_only(lines, lazy):
    assert split_record(lines, ";", lazy=lazy) == Malformed(UNCLOSED, unclosed=True)


texts = st.text(alphabet='ab";\n\ré ', max_size=8)


@pytest.mark.parametrize("lazy", [False, True])
@given(fields=st.lists(texts, min_size=1, max_size=4), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_a_csv_writer_wrote_is_read_back(fields, quoting, lazy):
    written = io.StringIO()
    csv.writer(written, delimiter=";", quoting=quoting, lineterminator="\n").writerow(fields)
    lines = written.getvalue()[:-1].split("\n")
    assert split_record(lines, ";", lazy=lazy) == SplitRecord(fields, len(lines))
