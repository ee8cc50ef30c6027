"""Whatever value a contract accepts, every table can hold: the greatest and the least of each column of each source."""

from __future__ import annotations

from dataclasses import asdict

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.chain.build import Build
from signaux_faibles.chain.events import silent
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.intake.staging import REJECTS, StagedFile, _with_lineage
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.plan import PLAN
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.fields import SIREN, SIRET, TEXT
from signaux_faibles.sources.inpi.filing_fields import BILAN_TYPE, DOCUMENT_SIREN, LINE_CODE, PAGE
from signaux_faibles.sources.proving.specimens import _choices
from signaux_faibles.sources.reading.cells import CELL_END, PART_END
from signaux_faibles.sources.reading.columns import lay_out
from signaux_faibles.sources.reading.conversion import Conversion
from signaux_faibles.sources.reading.documents.inpi_blocks import UNREAD_PARTS
from signaux_faibles.sources.reading.file_reader import Reading
from signaux_faibles.sources.registry import CONTRACTS

DIGITS = ("9" * count for count in range(1, 19))
NUMBERS = tuple(sign + digits for digits in DIGITS for sign in ("", "-"))
EXTREMES = {
    Kind.AMOUNT: NUMBERS,
    Kind.INTEGER: (*NUMBERS, "2147483647", "-2147483648"),
    Kind.REAL: ("1e308", "-1e308", "1e-308", "0", "1" + "0" * 300),
    Kind.DATE: (
        *("0001-01-01", "1000-01-01", "1900-01-01", "2100-01-01", "9999-12-31"),
        *("10000101", "29991231", "01/01/0001", "31/12/9999", "01JAN0001", "31DEC9999"),
        *("1", "1010101", "80991231", "200011", "999643", "0162", "9062"),
    ),
}
CELLS = (("01", "CO"), ("02", "EE"), ("03", "FJ"), ("04", "GW"), ("11", "YP"), ("01", "110"), ("02", "376"))


def texts_of(contract):
    """Raw records of companies: an ordinary one, then one for each extreme text of each column."""
    columns = {column.header: column for column in contract.columns if column.header}
    ordinary = {header: _text(header, columns.get(header)) for header in contract.headers()}
    if contract.cells:
        ordinary[contract.cells.header] = _lines(contract)
    records = [ordinary]
    for header, column in columns.items():
        records += [ordinary | {header: text} for text in EXTREMES.get(column.type.kind, ())]
    if contract.cells:
        records += [ordinary | {contract.cells.header: _lines(contract, text)} for text in (*NUMBERS, "9999-12-31")]
    if contract.months:
        months = [f"{contract.months.prefix}{month}" for month in ("202411", "202643")]
        records = [record | dict.fromkeys(months, "20") for record in records]
        records += [records[0] | {months[1]: text} for text in EXTREMES[contract.months.type.kind]]
    return [_of_company(record, columns, number) for number, record in enumerate(records)]


def _of_company(record, columns, number):
    """A record about a company of its own: a table that keeps one record of each company keeps them all."""
    siren = f"{100_000_001 + number}"
    own = {SIREN: siren, DOCUMENT_SIREN: siren, SIRET: f"{siren}00001"}
    return record | {header: own[column.type] for header, column in columns.items() if column.type in own}


def _text(header, column):
    if column is None:
        return _usual(header, TEXT)
    if column.type is BILAN_TYPE:
        return "C"
    return _usual(header, column.type)


ORDINARY = {"exercice": "2020", "classe_naf": "*", UNREAD_PARTS: None}
"""Where a contract accepts less than the type of its column."""


def _usual(header, kind):
    if header in ORDINARY:
        return ORDINARY[header]
    try:
        return next((text for text in _choices(header, kind, ()) if text), None)
    except KeyError:  # a type of one source, that its own specimens write
        return {Kind.DATE: "2018-12-31", Kind.INTEGER: "12", Kind.AMOUNT: "12", Kind.BOOLEAN: "true"}.get(kind.kind)


def _lines(contract, text="12"):
    lines = []
    for rank, (page, code) in enumerate(CELLS):
        parts = []
        for column in contract.cells.columns:
            known = {PAGE: page, LINE_CODE: code}
            numeric = column.type.kind in EXTREMES
            if column is contract.cells.columns[0] and numeric:
                known = {column.type: str(rank)}
            parts.append(known.get(column.type) or (text if numeric else _usual(column.header, column.type) or ""))
        lines.append(PART_END.join(parts))
    return CELL_END.join(lines)


def staged(contract, home):
    """The staged file of the records that the contract accepts."""
    records = texts_of(contract)
    layout = lay_out(sorted({header for record in records for header in record}), contract, contract.name)
    wanted = layout.headers.columns
    columns = {name: [record.get(layout.headers.all[place]) for record in records] for place, name in wanted.items()}
    texts = pa.table([range(1, len(records) + 1), *columns.values()], schema=layout.headers.schema)
    conversion = Conversion(contract, layout)
    converted = conversion.convert(texts)
    conversion.close()
    folder = home.staging / contract.name / "2601"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(_with_lineage(converted.rows, contract, "2601", contract.name), folder / "x.parquet")
    pq.write_table(REJECTS.empty_table(), folder / "x.rejects.parquet")
    report = asdict(Reading(contract.name, contract.name, rows_read=len(records), rows_kept=converted.kept))
    report["rows_written"] = converted.rows.num_rows
    rows, rejects = (str((folder / name).relative_to(home.root)) for name in ("x.parquet", "x.rejects.parquet"))
    return StagedFile(contract.name, "2601", contract.name, contract.name, rows, rejects, None, report)


@pytest.fixture(scope="module")
def with_extremes(tmp_path_factory, chain_at):
    """January of a small home, then every source with its extreme values."""
    chain = chain_at(tmp_path_factory.mktemp("extremes"))
    chain.deliver("2601")
    files = chain.run("2601", until=Stage.STAGING).files
    ordinary = files.delivered
    for name, contract in CONTRACTS.items():
        if name != "filter":
            files.delivered[name] = [*ordinary.get(name, []), staged(contract, chain.home)]
    return chain, files


def test_each_source_brings_extremes(with_extremes):
    _, files = with_extremes
    accepted = {name: staged[-1].report["rows_kept"] for name, staged in files.delivered.items()}
    assert {name for name, kept in accepted.items() if not kept} == set()


def test_every_table_holds_whatever_a_contract_accepts(with_extremes):
    chain, files = with_extremes
    deliveries = Deliveries(chain.home, {"2601": BatchFiles(**vars(files))})
    build = Build(RunOptions("2601", chain.deliveries, filtered=False), deliveries, silent)
    build.tables()
    written = {path.stem for path in (chain.home.work / build.id / "tables").glob("*.parquet")}
    assert written == {step.name for step in PLAN}
    build.finish()
