"""Texts in another spelling than the usual one are rewritten before they are typed: blanks, hours, lost zeros.

Nearly no block holds any, and checking that is cheap: a column of numbers or days written as usual has no byte
outside the graphic characters of ASCII, no colon, and identifiers have digits alone, in one number.
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
from signaux_faibles.sources.spellings.blanks import BLANKS
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED, zeros_put_back

PLACEHOLDERS = pa.array(["NaN", "nan", "NaT", "null", "NULL", "None", "<NA>", "N/A", "#N/A", "\\N", "[ND]"])
"""What programs write in the place of a code that is missing: kept, they would make one of all that have none."""


@dataclass(frozen=True)
class Spelt:
    """A block in the usual spelling; `doubts` names the columns that say where zeros were put back."""

    texts: pa.Table
    doubts: list[str] = field(default_factory=list)


class Spelling:
    """The spelling of the columns of a contract; free texts are left as they are, and so are cells to unfold."""

    def __init__(self, contract: Contract, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        # Texts that only rules read are compared, so they are rewritten too.
        self._types: dict[str, FieldType] = {raw_name(header.name): CODE for header in contract.reads}
        self._types |= {
            raw_name(header): column.type
            for column in contract.columns
            for header in (column.header, *column.elsewhere)
            if header and column.type is not TEXT
        }

    def usual(self, texts: pa.Table) -> Spelt:
        """The block with its typed texts in their usual spelling; a text of blanks is empty."""
        doubts = []
        for place, name in enumerate(texts.column_names):
            type_ = self._types.get(name)
            if type_ is None or not pa.types.is_string(texts.schema.field(place).type):
                continue
            column = texts.column(name).combine_chunks()
            if type_ is CODE and pc.any(missing := pc.is_in(column, PLACEHOLDERS)).as_py():
                column = pc.if_else(missing, pa.scalar(None, pa.string()), column)
                texts = texts.set_column(place, name, column)
            if _is_usual(column, type_):
                continue
            unusual = pc.fill_null(_unusual(column, type_), False)
            rewritten, longer = self._rewritten(column.filter(unusual), type_)
            texts = texts.set_column(place, name, pc.replace_with_mask(column, unusual, rewritten))
            if type_.digits and pc.any(longer).as_py():
                doubts.append(f"doubt {name.removeprefix(raw_name(''))} : {ZEROS_RESTORED}")
                nowhere = pa.array(np.zeros(len(column), bool))
                texts = texts.append_column(doubts[-1], pc.replace_with_mask(nowhere, unusual, longer))
        return Spelt(texts, doubts)

    def of_type(self, texts: pa.StringArray, type_: FieldType) -> pa.StringArray:
        """Texts of a type in its usual spelling; a text of blanks is empty."""
        return texts if _is_usual(texts, type_) else self._rewritten(texts, type_)[0]

    def _rewritten(self, unusual: pa.StringArray, type_: FieldType) -> tuple[pa.StringArray, pa.BooleanArray]:
        """The texts in their usual spelling, and those to which leading zeros were restored; each is rewritten once."""
        encoded = unusual.dictionary_encode()
        self._connection.register("spelt", pa.table({"text": _trimmed(encoded.dictionary)}))
        longer = zeros_put_back("usual", "text")
        usual = self._connection.sql(
            f"SELECT *, {longer} AS longer FROM (SELECT text, {type_.usual('text')} AS usual FROM spelt)"
        ).to_arrow_table()
        rewritten, restored = (usual.column(name).combine_chunks() for name in ("usual", "longer"))
        return rewritten.take(encoded.indices), restored.take(encoded.indices)


def _is_usual(column: pa.StringArray, type_: FieldType) -> bool:
    """Whether no text of a column can be in another spelling than the usual one."""
    characters = _characters(column)
    first, last = "09" if type_.digits else "!~"
    # What is below the first and above the last wraps round in eight bits.
    if (characters - np.uint8(ord(first)) > np.uint8(ord(last) - ord(first))).any():
        return False
    if type_.kind is Kind.DATE and (characters == ord(":")).any():
        return False
    return not type_.digits or pc.min(pc.binary_length(column)).as_py() in (None, type_.digits)


def _unusual(column: pa.StringArray, type_: FieldType) -> pa.BooleanArray:
    """Which texts may be in another spelling."""
    if type_.digits:
        return pc.invert(pc.match_substring_regex(column, f"^[0-9]{{{type_.digits}}}$"))
    return pc.match_substring_regex(column, "[^!-~]|:" if type_.kind is Kind.DATE else "[^!-~]")


def _characters(texts: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """The bytes of all the texts of an array."""
    _, offsets, data = texts.buffers()
    if data is None:
        return np.zeros(0, np.uint8)
    bounds = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]


def _trimmed(texts: pa.StringArray) -> pa.StringArray:
    text = pc.utf8_trim(texts, BLANKS)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
