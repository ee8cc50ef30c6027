"""One module writes numbers, days and plurals in French: `wording`. Everything else calls it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "signaux_faibles"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if not {"wording", "migrations"} & set(path.parts))
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "vendor" not in path.parts)

NOT_FOR_READERS = {
    "fictitious/measured/figures.py": "coordinates of a drawing",
    "fictitious/files/": "delivered files, written as administrations and courts write them",
    "sources/documentation.py": "pages in English",
}
MONTHS = {"janvier", "mars", "avril", "juin", "juillet", "septembre", "octobre", "novembre"}
SPACES_AND_SIGNS = {"\u202f", "\u00a0", "\u2212"}
NUMBER_FORMAT = re.compile(r",|\.\d+[f%]$")
DAY_FORMAT = re.compile(r"%[dmBbAaHM]")
KEYS = {"%Y-%m", "%y%m"}
"""The month in the name of a model or of a batch: a key, not a date to read."""
FORMATTERS = {"date_format", "time_format", "floatformat", "intcomma", "number_format", "strftime"}
FILTERS = re.compile(r"\|\s*(date|time|floatformat|intcomma|pluralize|naturalday)\b")


def second_writers(code: str) -> Iterator[str]:
    """What in a piece of code writes French by itself."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)):
                spec = "".join(part.value if isinstance(part, ast.Constant) else "1" for part in parts)
                if (spec not in KEYS and DAY_FORMAT.search(spec)) or NUMBER_FORMAT.search(spec):
                    yield f"format « {spec} »"
            case ast.Call(
                func=ast.Attribute(attr="replace"), args=[_, ast.Constant(value=("," | "\u202f" | "\u2212"))]
            ):
                yield "replacement of a separator or a sign"
            case ast.Constant(value=str(text)) if text in SPACES_AND_SIGNS:
                yield f"character U+{ord(text):04X}"
            case ast.Constant(value=str(text)) if text in MONTHS:
                yield f"month « {text} »"
            case ast.IfExp(body=ast.Constant(value=("s" | "")), orelse=ast.Constant(value=("s" | ""))):
                yield "plural"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in FORMATTERS:
                yield f"formatter {name}"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in {"babel", "locale"}:
                yield f"import of {module}"
            case ast.Import(names=names) if {name.name.partition(".")[0] for name in names} & {"babel", "locale"}:
                yield "import of babel or locale"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_other_module_writes_numbers_days_or_plurals(module: Path) -> None:
    excepted = str(module.relative_to(PACKAGE)).startswith(tuple(NOT_FOR_READERS))
    assert excepted or not list(second_writers(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NOT_FOR_READERS)
def test_an_exception_is_still_one(name: str) -> None:
    modules = [module for module in MODULES if str(module.relative_to(PACKAGE)).startswith(name)]
    assert any(list(second_writers(module.read_text(encoding="utf-8"))) for module in modules)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_formats_by_itself(template: Path) -> None:
    assert not FILTERS.search(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "code",
    [
        'f"{rows:,}"',
        'f"{rows:,.1f}"',
        'f"{100 * share:.1f} %"',
        'f"{share:.0%}"',
        'f"{value:.{places}f}"',
        'f"{day:%d/%m/%Y}"',
        'f"{at:%H:%M}"',
        'text.replace(".", ",")',
        'text.replace(",", "\u202f")',
        'text.replace("-", "\u2212")',
        'NBSP = "\u00a0"',
        'MONTHS = ("janvier", "février")',
        "\"rejet\" + ('s' if count > 1 else '')",
        'date_format(day, "F Y")',
        "day.strftime('%d')",
        "from babel.numbers import format_decimal",
        "import locale",
    ],
)
def test_a_second_writer_is_seen(code: str) -> None:
    assert list(second_writers(code))


@pytest.mark.parametrize(
    "code",
    [
        'f"{name}.parquet"',
        'f"{rank:04d}"',
        'f"{day:%Y-%m}-logit"',
        'f"{value:f}"',
        'activity.replace(".", "")',
        'clean.replace(" ", "")',
        'f"{number(rows)} lignes"',
        "f\"translate({text}, ' \u00a0\u202f', '')\"",
    ],
)
def test_other_texts_are_not_taken_for_one(code: str) -> None:
    assert not list(second_writers(code))
