"""Texts in another spelling than the usual one are rewritten before they are typed: blanks, hours, lost zeros.

Nearly no block holds any, and the look that tells so is cheap: a column of numbers or days written as usual has no byte
outside the graphic characters of ASCII, no colon, and identifiers of one length.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import Contract, raw_name
from signaux_faibles.sources.fields import CODE, TEXT, FieldType
from signaux_faibles.sources.reading.columns import Layout
from signaux_faibles.sources.spellings.blanks import BLANKS, without_blanks
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED


@dataclass(frozen=True)
class Spelt:
    """A block in the usual spelling; `doubts` names the columns that say where zeros were put back."""

    texts: pa.Table
    doubts: list[str] = field(default_factory=list)


class Spelling:
    """The spelling of the columns of a contract; free texts are left as they are."""

    def __init__(self, contract: Contract, layout: Layout, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        # What rules alone read is compared.
        self._types: dict[str, FieldType] = {raw_name(header.name): CODE for header in contract.reads}
        self._types |= {
            raw_name(header): column.type
            for column in contract.columns
            for header in (column.header, *column.elsewhere)
            if header and column.type is not TEXT
        }
        if contract.months:
            self._types |= dict.fromkeys(layout.months, contract.months.type)

    def usual(self, texts: pa.Table) -> Spelt:
        """The block with its typed texts in their usual spelling; blanks alone are no text."""
        doubts = []
        for place, name in enumerate(texts.column_names):
            type_ = self._types.get(name)
            if type_ is None or _is_usual(texts.column(name), type_):
                continue
            column, zeros = self._rewritten(_trimmed(texts.column(name)), type_)
            texts = texts.set_column(place, name, column)
            if zeros is not None and pc.any(zeros).as_py():
                doubts.append(f"doubt {name.removeprefix(raw_name(''))} : {ZEROS_RESTORED}")
                texts = texts.append_column(doubts[-1], zeros)
        return Spelt(texts, doubts)

    def _rewritten(self, column: pa.ChunkedArray, type_: FieldType) -> tuple[pa.ChunkedArray, pa.ChunkedArray | None]:
        """The texts as usual and, for an identifier, where zeros were put back."""
        self._connection.register("spelt", pa.table({"text": column}))
        longer = f"coalesce(length(usual) > length({without_blanks('text')}), false)"
        usual = self._connection.sql(
            f"SELECT *, {longer} AS longer FROM (SELECT text, {type_.usual('text')} AS usual FROM spelt)"
        ).to_arrow_table()
        return usual.column("usual"), usual.column("longer") if type_.digits else None


def _is_usual(column: pa.ChunkedArray, type_: FieldType) -> bool:
    """Whether no text of a column can be in another spelling than the usual one."""
    for chunk in column.chunks:
        characters = _characters(chunk)
        # From « ! » to « ~ »: what is below and above wraps round in eight bits.
        if (characters - np.uint8(0x21) > np.uint8(0x7E - 0x21)).any():
            return False
        if type_.kind is Kind.DATE and (characters == ord(":")).any():
            return False
        if type_.digits and pc.min(pc.binary_length(chunk)).as_py() not in (None, type_.digits):
            return False
    return True


def _characters(texts: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """The bytes of all the texts of an array."""
    _, offsets, data = texts.buffers()
    if data is None:
        return np.zeros(0, np.uint8)
    bounds = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    text = pc.utf8_trim(column, BLANKS)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
