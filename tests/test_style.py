"""docs/style.md quotes our real code: each piece stands in the file that its first line names."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
QUOTES = re.findall(r"^```python\n# (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_piece_of_code_names_its_file() -> None:
    assert len(QUOTES) == PAGE.count("```python") > 0


@pytest.mark.parametrize(("path", "quote"), QUOTES, ids=[path for path, _ in QUOTES])
def test_a_piece_of_code_is_in_its_file(path: str, quote: str) -> None:
    code = (ROOT / path).read_text(encoding="utf-8")
    for piece in quote.split("...\n"):
        assert piece in code, dedent(piece)
