"""The documentation page of each file type, generated from its contract (`sf docs`)."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from signaux_faibles.relations.files import write_text
from signaux_faibles.relations.schema import Field
from signaux_faibles.sources.contract import LINEAGE, ORDINARY_LONGEST, Column, Contract, Delivery, Due, KnownAt, Rule
from signaux_faibles.sources.origin import PublicDataset
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.wording.markdown import markdown_table

_NOTICE = "<!-- Written from the contract by `sf docs`; change src/signaux_faibles/sources/{module} instead. -->"

_DELIVERIES = {
    Delivery.FULL: "full: each replaces the one before",
    Delivery.INCREMENT: "increment: each adds to those before",
    Delivery.OWN_BATCH: "for its own batch only, never carried over",
}


def pages() -> dict[str, str]:
    """The Markdown pages by file name: an index, then one page per type."""
    return {"README.md": _index()} | {f"{name}.md": page(contract) for name, contract in CONTRACTS.items()}


def write_pages(folder: Path) -> list[Path]:
    """Write the pages in a folder, usually `docs/sources`; return the paths that changed."""
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_text(path, text)
            changed.append(path)
    return changed


def page(contract: Contract) -> str:
    """The page of one type: what is delivered, its columns, what is left out or refused."""
    parts = [
        f"# `{contract.name}`: {contract.title}",
        _NOTICE.format(module=_module(contract)),
        markdown_table(("", ""), _delivery(contract)),
        "## Columns of the staging table",
        f"One row {_unit(contract)}. The columns marked *ours* are not in the table of the reference "
        "(import-chain §7). Headers are found without regard to case, in any order; others are ignored.",
        markdown_table(("column", "type", "header", "unit", "accepts", "meaning"), map(_column, contract.columns)),
        _months(contract),
        _cells(contract),
        markdown_table(("lineage", "type", "meaning"), map(_lineage, LINEAGE)),
        _rules("## Left aside, without being rejects", contract.skip),
        _rules("## Refused, beyond the columns", contract.refuse),
        _rules("## Kept, and counted as doubtful", contract.doubt),
        _rules("## Kept, and counted apart: nothing is wrong with them", contract.apart),
        "## Notes\n\n" + "\n".join(f"- {note}" for note in contract.notes) if contract.notes else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _module(contract: Contract) -> str:
    """Where a contract is declared: a type keeps the name of its file, in the folder of its owner."""
    folder = Path(__file__).parent
    return next(folder.glob(f"*/{contract.name}.py")).relative_to(folder).as_posix()


def _index() -> str:
    owners: dict[str, list[tuple[str, ...]]] = {}
    for rank, contract in enumerate(CONTRACTS.values(), start=1):
        owners.setdefault(_module(contract).partition("/")[0], []).append((str(rank), *_index_row(contract)))
    return "\n\n".join(
        [
            "# Sources",
            "<!-- Written from the contracts by `sf docs`. -->",
            "Every file type that the chain reads, by owner. The rank is the place of a type in the order in which a "
            "run reads them. The README of an owner says what its types have in common, and the traps met.",
            *(part for owner in owners for part in _of_owner(owner, owners[owner])),
            "A text that a column does not accept is a reject, said with its line; a *lenient* column makes it unknown "
            "and counts it; an empty text is unknown, and refused where the column is *required*. A file whose header "
            "lacks a column that is not *optional* is refused whole.\n",
        ]
    )


def _index_row(contract: Contract) -> tuple[str, ...]:
    origin = contract.origin
    return (
        f"[`{contract.name}`]({contract.name}.md)",
        contract.title,
        contract.owner,
        f"`{contract.files.exact[0]}`",
        contract.family.value,
        f"[public]({origin.page})" if isinstance(origin, PublicDataset) else "« non public »",
        origin.rhythm,
        _due(contract.due),
    )


def _of_owner(owner: str, rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The section of an owner in the index: what its package says of itself, its README, its types."""
    subject = str(import_module(f"signaux_faibles.sources.{owner}").__doc__)
    readme = f"[README](../../src/signaux_faibles/sources/{owner}/README.md)"
    headers = ("rank", "type", "content", "owner", "usual file", "family", "origin", "rhythm", "due")
    return f"## `{owner}`", f"{subject} {readme}.", markdown_table(headers, rows)


def _origin(contract: Contract) -> Iterable[tuple[str, ...]]:
    origin = contract.origin
    if isinstance(origin, PublicDataset):
        account = "; a free account must be opened" if origin.account else ""
        yield "origin", f"public: [{origin.dataset}]({origin.page}){account}"
        if origin.downloads:
            yield "download", ", ".join(f"<{address}>" for address in origin.downloads)
    else:
        yield "origin", f"« non public », delivered by {contract.owner}: {origin.basis}"
        yield "channel", origin.channel
    yield "rhythm", origin.rhythm


def _delivery(contract: Contract) -> Iterable[tuple[str, ...]]:
    refusal = (
        "any reject" if contract.all_or_nothing else f"rejects above {contract.reject_threshold:.0%} of the records"
    )
    yield "owner", contract.owner
    yield from _origin(contract)
    yield "files", ", ".join(f"`{name}`" for name in contract.files.exact) + _pattern(contract)
    yield "several files in a delivery", "yes" if contract.files.several else "no"
    yield from _writing(contract)
    yield "delivery", _DELIVERIES[contract.delivery]
    yield "due", _due(contract.due)
    yield "known at", _known_at(contract.known_at)
    yield "key", f"`{contract.key}`"
    yield "family", contract.family.value
    yield "licence", contract.licence
    yield "refused whole", refusal
    yield "rules", contract.reference


def _writing(contract: Contract) -> Iterable[tuple[str, ...]]:
    """How the file is compressed and written."""
    quotes = "a stray quote is an ordinary character" if contract.dialect.lazy else "a stray quote is a reject"
    header = "optional line of headers" if contract.dialect.headers_by_position else "a line of headers"
    if contract.cells and contract.cells.path:
        yield "archive", "JSON, plain or `.gz`, or a `.zip`, `.tar` or `.tar.gz` of several files"
        yield "encoding", "UTF-8"
        yield (
            "dialect",
            "one document, one a line, or a list of them; headers are paths of keys, `#` the rank of a line",
        )
    elif contract.cells:
        yield "archive", "an XML document, plain or `.gz`, or a `.zip`, `.tar` or `.tar.gz` of several"
        yield "encoding", "the one that the document declares"
        yield "dialect", "XML without DOCTYPE; headers are names of elements and attributes"
    elif all(name.endswith(".parquet") for name in contract.files.exact):
        yield "archive", "Parquet, compressed inside"
        yield "dialect", "columns of any type; `map.key` is the cell of a map"
    else:
        yield "archive", "plain, `.gz` or `.zip` of one file"
        yield "encoding", "UTF-8 (with or without BOM), cp1252 or latin-1, found by reading"
        yield "dialect", f"separator `{contract.dialect.separator}`; {quotes}; {header}"


def _pattern(contract: Contract) -> str:
    patterns = [contract.files.pattern] if contract.files.pattern else []
    return "".join(f", or named like `{pattern}`" for pattern in (*patterns, *contract.files.downloaded))


def _due(due: Due) -> str:
    if due.day is None:
        return "never"
    rhythm = "every month" if due.every == 1 else f"every {due.every} months"
    return f"{rhythm}, by day {due.day}"


def _known_at(rule: KnownAt) -> str:
    if rule.column:
        return f"`{rule.column}`"
    if rule.fact is None:
        return "the batch that delivers it"
    if rule.extraction:
        return (
            "the first batch that delivers it; before our first batch, the first extraction that holds "
            f"`{rule.fact}`, one per {rule.extraction.every} months, {rule.extraction.behind} months behind, and "
            "later by as many months as our first batch shows (assumed)"
        )
    return f"the first batch that delivers it; before our first batch, `{rule.fact}` + {rule.lag_days} days (assumed)"


def _unit(contract: Contract) -> str:
    if contract.cells:
        return "for each line of cells of a document"
    return "for each record and month that holds a value" if contract.months else "for each record"


def _column(column: Column) -> tuple[str, ...]:
    name = f"`{column.name}`" + (" *ours*" if column.ours else "")
    header = ", else ".join(f"`{name}`" for name in (column.header, *column.elsewhere) if name) or "*derived*"
    marks = [
        mark
        for mark, set_ in (("required", column.required), ("optional", column.absent), ("lenient", column.lenient))
        if set_
    ]
    if column.longest < ORDINARY_LONGEST:
        marks.append(f"at most {column.longest} characters")
    accepts = ", ".join([column.type.name, *marks]) if column.header else ""
    return name, column.type.kind.value, header, column.unit, accepts, column.doc


def _months(contract: Contract) -> str:
    months = contract.months
    if months is None:
        return ""
    rows = [
        (f"`{months.period}`", "DATE", "", "first of the month that the header names"),
        (f"`{months.value}`", months.type.kind.value, months.type.name, "the cell; an empty one gives no row"),
    ]
    return (
        f"Each column named `{months.prefix}AAAATM` (year, quarter, month in the quarter) is unfolded:\n\n"
        f"{markdown_table(('column', 'type', 'accepts', 'meaning'), rows)}"
    )


def _cells(contract: Contract) -> str:
    if contract.cells is None:
        return ""
    table = markdown_table(
        ("column", "type", "header", "unit", "accepts", "meaning"), map(_column, contract.cells.columns)
    )
    return f"Each line of cells of a document adds, a refused one refusing the whole document:\n\n{table}"


def _lineage(field: Field) -> tuple[str, ...]:
    return f"`{field.name}`", field.kind.value, field.doc


def _rules(title: str, rules: Iterable[Rule]) -> str:
    lines = [f"- {rule.reason}" for rule in rules]
    return f"{title}\n\n" + "\n".join(lines) if lines else ""
