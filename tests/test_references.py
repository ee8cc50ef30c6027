"""Every outside rule cited as `name §n` is stated in docs/references.md, and every rule stated there is cited."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "references.md"
DECISIONS = ROOT / "docs" / "decisions"
CONTRACT = ROOT / "docs" / "contract.md"
SUFFIXES = {".py", ".md", ".csv", ".html", ".toml", ".js"}

_SECTION = re.compile(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^\| (\d+(?:\.\d+)*) \| (\S.*) \|$", re.MULTILINE)
_NUMBER = re.compile(r"§\s?(\d+(?:\.\d+)*)")
_NAME = re.compile(r"([A-Za-z][\w-]*)[`»]?\s+$")
_CHAIN = re.compile(r"(?:,|;|,? and|,? to|-)?\s*")
_QUIRK = re.compile(r"\b([QW])([1-9]\d?)\b")


def rules(page: str) -> dict[tuple[str, str], str]:
    """The rules that the page states, by reference and number."""
    return {(name, number): rule for name, section in _SECTION.findall(page) for number, rule in _RULE.findall(section)}


def citations(text: str) -> list[tuple[str, str]]:
    """The rules that a text cites, in order, as (name, number); the name of a number that stands alone is empty."""
    cited: list[tuple[str, str]] = []
    end = None
    for number in _NUMBER.finditer(text):
        before = text[: number.start()]
        name = _NAME.search(before[-60:])
        if end is not None and _CHAIN.fullmatch(before[end:]):
            cited.append((cited[-1][0], number[1]))
        else:
            cited.append((name[1] if name else "", number[1]))
        end = number.end()
    return cited


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the project that may cite a rule, with its path."""
    folders = [ROOT / name for name in ("src", "tests", "docs", "scripts")]
    paths = [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*"))]
    for path in sorted(paths):
        if path.suffix in SUFFIXES and path not in {PAGE, Path(__file__)} and "vendor" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("the debt (import-chain §8.3)", [("import-chain", "8.3")]),
        ("(open-data §2.8, §2.12; model §1.8)", [("open-data", "2.8"), ("open-data", "2.12"), ("model", "1.8")]),
        ("import-chain §5.3-§5.7, §13.1", [("import-chain", "5.3"), ("import-chain", "5.7"), ("import-chain", "13.1")]),
        ("the reference `stack` §10", [("stack", "10")]),
        ("the name at the end of a line: model\n    §2.8 T3", [("model", "2.8")]),
        ("the rule (§6.2) stands alone", [("", "6.2")]),
        ("stack §1. A sentence later, in §2", [("stack", "1"), ("in", "2")]),
        ("no citation at all", []),
    ],
)
def test_a_citation_is_a_name_and_its_numbers(text: str, cited: list[tuple[str, str]]) -> None:
    assert citations(text) == cited


def test_every_rule_cited_is_stated() -> None:
    stated = rules(PAGE.read_text(encoding="utf-8"))
    cited = [(path, rule) for path, text in texts() for rule in citations(text)]
    unknown = [f"{path}: {name} §{number}" for path, (name, number) in cited if (name, number) not in stated]
    assert cited
    assert not unknown, "state the rule in docs/references.md, or in place of the citation"


def test_every_rule_stated_is_cited() -> None:
    cited = {citation for _, text in texts() for citation in citations(text)}
    assert rules(PAGE.read_text(encoding="utf-8")).keys() - cited == set()


def test_every_number_is_stated_once_and_in_order() -> None:
    for name, section in _SECTION.findall(PAGE.read_text(encoding="utf-8")):
        numbers = [tuple(int(part) for part in number.split(".")) for number, _ in _RULE.findall(section)]
        assert numbers, f"{name} states no rule"
        assert numbers == sorted(set(numbers)), name


def test_every_quirk_and_weakness_cited_is_in_the_contract() -> None:
    quirks, weaknesses = CONTRACT.read_text(encoding="utf-8").split("## Weaknesses")
    listed = {
        letter + number
        for letter, part in (("Q", quirks), ("W", weaknesses))
        for number in re.findall(r"^\| (\d+) \|", part, re.MULTILINE)
    }
    cited = [
        (path, "".join(mark)) for path, text in texts() if path != "docs/contract.md" for mark in _QUIRK.findall(text)
    ]
    assert cited
    assert [f"{path}: {mark}" for path, mark in cited if mark not in listed] == []


def test_no_citation_of_a_document_that_is_not_in_the_project() -> None:
    absent = re.compile(r"\bDESIGN\b|\bSTYLE\b \"|\breference/[a-z]")
    assert [path for path, text in texts() if absent.search(text)] == []


def test_each_decision_is_listed_once_in_order():
    page = (DECISIONS / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \[\d{4}\]\((.+?)\)", page, re.MULTILINE) == sorted(
        file.name for file in DECISIONS.glob("0*.md")
    )
