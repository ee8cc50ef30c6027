"""The columnar parser and the exact rules of quoting read the same thing, however the file is cut into blocks."""

import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.sources.contract import Dialect
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import Headers
from signaux_faibles.sources.reading.csv.csv_source import CsvSource
from signaux_faibles.sources.reading.csv.lines import Lines

WIDTH = 3
fields = st.one_of(
    st.text(alphabet="ab1é€ ", max_size=5),
    st.sampled_from(
        ["", '""', '"a;b"', '"a""b"', '"a\nb"', '"a\r\nb"', '"', 'a"b', '"a"b', "\0", "\r", "�", "\ufeff", '"\n\n"']
    ),
)
lines = st.one_of(
    st.lists(fields, min_size=WIDTH, max_size=WIDTH).map(";".join),
    st.lists(fields, min_size=1, max_size=WIDTH + 1).map(";".join),
)
ends = st.sampled_from(["\n", "\r\n", "\n\n"])
files = st.lists(st.tuples(lines, ends), max_size=8).map(lambda parts: "".join(line + end for line, end in parts))
contents = st.tuples(files, st.sampled_from(["utf-8", "cp1252"]), st.binary(max_size=3)).map(
    lambda parts: parts[0].encode(parts[1], errors="replace") + parts[2]
)


def read(
    content: bytes, *, lazy: bool, exact: bool, block: int, width: int = WIDTH
) -> tuple[list[dict[str, object]], list[Reject], str] | str:
    """All that the reader of blocks says of a file with `width` columns, or why it refuses it."""
    header = ";".join(f"h{place}" for place in range(width)).encode() + b"\n"
    try:
        source = CsvSource(
            Lines(io.BytesIO(header + content), "f.csv", block), Dialect(";", lazy), "f.csv", exact=exact
        )
        headers = Headers(source.headers, {0: "first", width - 1: "last"})
        blocks = list(source.blocks(headers))
    except DeliveryRefused as refusal:
        return str(refusal)
    rows = pa.concat_tables([block.texts for block in blocks]).to_pylist() if blocks else []
    assert [row["line"] for row in rows] == sorted(row["line"] for row in rows)
    return rows, [reject for block in blocks for reject in block.malformed], source.encoding


@pytest.mark.parametrize("lazy", [False, True])
@tried(300)
@given(content=contents, block=st.sampled_from([1, 7, 64]))
def test_both_ways_read_the_same_whatever_the_blocks(content, block, lazy):
    expected = read(content, lazy=lazy, exact=True, block=1 << 20)
    assert read(content, lazy=lazy, exact=False, block=1 << 20) == expected
    assert read(content, lazy=lazy, exact=False, block=block) == expected
    assert read(content, lazy=lazy, exact=True, block=block) == expected


@tried(100)
@given(content=st.lists(st.tuples(fields, ends), max_size=6).map(lambda parts: "".join(map("".join, parts)).encode()))
def test_a_file_of_one_column_too(content):
    assert read(content, lazy=False, exact=False, block=64, width=1) == read(
        content, lazy=False, exact=True, block=64, width=1
    )


@tried(100)
@given(content=contents)
def test_every_line_is_a_record_or_blank_or_part_of_one(content):
    outcome = read(content, lazy=False, exact=False, block=64)
    assert not isinstance(outcome, str)
    rows, rejects, _ = outcome
    starts = [row["line"] for row in rows] + [reject.line for reject in rejects]
    assert len(starts) == len(set(starts))
    assert all(2 <= start <= content.count(b"\n") + 2 for start in starts)
