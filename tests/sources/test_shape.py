"""Which lines are, each on its own, a record of three fields."""

import pytest

from signaux_faibles.sources.reading.csv.records import LineShape

SHAPE = LineShape(";", 3)

FITTING = [b"a;b;c", b";;", b'"a";"b;c";d', b'"a""b";"";c', b"\xc3\xa9;b;c"]
OTHERS = [b"a;b", b"a;b;c;d", b'"a;b;c', b'a"b;c;d', b'"a"b;c;d', b'"a\rb";c;d', b"a\0;b;c", b'"a;b";c', b"a\r;b;c"]


@pytest.mark.parametrize("line", FITTING)
def test_a_line_fits(line):
    assert SHAPE.fits(line)
    assert SHAPE.quotes_are_sound(line + b"\n" + b"a;b;c\n" + line + b"\n")


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_does_not_fit(line):
    assert not SHAPE.fits(line)
    if b'"' in line:
        assert not SHAPE.quotes_are_sound(b'"a";b;c\n' + line + b"\n")
