"""docs/contract.md answers for every quirk and weakness, and the tests that it names exist."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "contract.md").read_text(encoding="utf-8")


def test_every_quirk_and_weakness_has_its_line():
    quirks, weaknesses = PAGE.split("## Weaknesses")
    numbered = re.compile(r"^\| ([0-9]+) \|", re.MULTILINE)
    assert [int(number) for number in numbered.findall(quirks)] == list(range(1, 26))
    assert [int(number) for number in numbered.findall(weaknesses)] == [*range(1, 27), *range(28, 37)]


def test_the_tests_that_it_names_exist():
    for path, _, name in re.findall(r"`(tests/[a-z_/]+\.py)(::(\w+))?`", PAGE):
        text = (PROJECT / path).read_text(encoding="utf-8")
        assert not name or re.search(rf"(def|class) {name}\b", text), f"{path}::{name}"
