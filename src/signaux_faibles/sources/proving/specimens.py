"""Small valid deliveries of any type, made from its contract alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.sources import fields
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.fields import EITHER_DATE, TEXT, FieldType
from signaux_faibles.sources.inpi.filing_fields import (
    BILAN_TYPE,
    CURRENCY,
    DOCUMENT_SIREN,
    LIASSE_AMOUNT,
    MONTHS,
    MOTIF,
)
from signaux_faibles.sources.inpi.rne import BIRTH_MONTH
from signaux_faibles.sources.insee.correspondance_naf import NAF25_SUB_CLASS, REV2_SUB_CLASS
from signaux_faibles.sources.insee.legal_category import LEGAL_CATEGORY
from signaux_faibles.sources.proving.json_writings import written
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT
from signaux_faibles.sources.reading.documents.json_documents import RANK
from signaux_faibles.sources.reading.parquet_maps import MARK, key_of

_TEXTS: dict[FieldType, tuple[str, ...]] = {
    fields.SIREN: ("123456789", "000000001", "552100554", "552\u00a0100 554", "5520143"),
    fields.SIRET: ("12345678900001", "00000000100002", "55210055400013", "552014300008", "552 100 554 00013"),
    LEGAL_CATEGORY: ("5499", "7210", "5710.0", ""),
    fields.INTEGER: ("1", "7", "3"),
    fields.WHOLE_PART: ("2.9", "12", "0.0"),
    fields.REAL: ("2.33", "48.86", "-1e1"),
    fields.REAL_COMMA: ("2,33", "48.86", "-1", ""),
    fields.DECIMAL: ("311.54", "0", "-12.5"),
    fields.DECIMAL_COMMA: ("311.54", "0", "-12.5"),
    fields.ACCOUNTS_AMOUNT: ("311.54", "0", "-12.5"),
    fields.CONTRIBUTION: ("311.54", "0", "-12.5"),
    fields.CENTIMES: ("100", "250", "-1e2"),
    fields.HEADCOUNT: ("12", "089", "1 234"),
    fields.BOOL: ("true", "0", "F"),
    fields.ISO_DATE: ("2020-02-29", "1999-12-31", "2020-02-29 00:00:00", "2020-02-28T23:00:00Z"),
    fields.FRENCH_DATE: ("29/02/2020", "31/12/1999", "29/02/2020 0:00"),
    fields.SAS_DATE: ("29FEB2020", "31dec1999"),
    fields.URSSAF_DATE: ("1200229", "991231"),
    fields.PERIOD_START: ("201712", "1762", "201740"),
    fields.PERIOD_END: ("201712", "1762", "201740"),
    fields.TEXT: ("", "RUE", "Île d’Yeu"),
    fields.CODE: ("", "A1", " SUR\u00a0PO "),
    EITHER_DATE: ("2018-12-31", "20181231", "2019-06-30T10:00:00+02:00"),
    BIRTH_MONTH: ("1970-05", ""),
    LIASSE_AMOUNT: ("12", "-7", "2147483647", ""),
    BILAN_TYPE: ("C", "S", "Consolidé"),
    CURRENCY: ("EUR", "€", "XPF", ""),
    DOCUMENT_SIREN: ("123456789", "552\u00a0100\u202f554", "552100554"),
    MONTHS: ("12", "18", "12.0"),
    MOTIF: ("00", "3", "1A", ""),
    REV2_SUB_CLASS: ("62.02A", "6201Z"),
    NAF25_SUB_CLASS: ("62.20G", "6210Y"),
}
_QUOTED = ('"a;b,c"', '"l\'""Œil"', '"un\ndeux"')
_BY_HEADER = {
    "formulaire": ("CA3", "CA12"),
    "date_debut_periode": ("2018-01-01", "20180101"),
    "date_deb_exercice": ("2018-01-01", "20180101"),
    "date_exigibilite": ("2017-12-15", ""),
    "nic": ("00001",),
    "Lib_actx_stdx": ("Redressement_Ouverture", "Plan_continuation_sauvegarde"),
    "ID_DA": ("d363954866", "f28862688"),
    "MOTIF_RECOURS_SE": ("1", "5", ""),
    "registre": ("123 456 789,123456789", "123456789,552 100 554", ""),
    "typeavis": ("annonce", "rectificatif", "annulation", ""),
    "familleavis": ("collective", ""),
    "jugement": ("{}", ""),
}
_BY_BEGINNING = {
    "nomenclature": ("NAFRev2", "NAP", "NAF2025"),
    "activite": ("62.02A", ""),
    "etatAdministratif": ("A", "F", "a", ""),
    "codeCommune": ("75102", "2A004", "1004"),
}


def specimen(
    contract: Contract,
    rng: Random,
    *,
    least: int = 0,
    most: int = 12,
    quoted: tuple[str, ...] = _QUOTED,
    as_json: bool = False,
) -> bytes:
    """A delivery of a type in UTF-8: its headers in random order, and `least` to `most` records.

    `quoted`: quoted texts to mix with the others; without any, the file has only plain lines.
    """
    if contract.cells and contract.cells.path:
        return json_documents(contract, rng, rng.randint(least, most), _choices)
    if contract.cells:
        return bilans_saisis(rng, rng.randint(least, most))
    types = {column.header: column.type for column in contract.columns if column.header}
    choices = {header: _choices(header, types.get(header, fields.TEXT), quoted) for header in contract.headers()}
    if contract.months:
        months = ("201011", "201012", "201043")
        choices |= {f"{contract.months.prefix}{month}": _TEXTS[contract.months.type] for month in months}
    if as_json:
        return written([_record(choices, rng) for _ in range(rng.randint(max(1, least), most))], rng)
    headers = list(choices)
    if not contract.dialect.headers_by_position:
        rng.shuffle(headers)
    records = [[rng.choice(choices[header]) for header in headers] for _ in range(rng.randint(least, most))]
    named = [f'"{header}"' if "\n" in header else header for header in headers]
    return "".join(contract.dialect.separator.join(record) + "\n" for record in [named, *records]).encode()


def parquet_specimen(contract: Contract, rng: Random) -> bytes:
    """The same kind of delivery in Parquet, with text columns only."""
    headers, *records = (
        line.split(contract.dialect.separator) for line in specimen(contract, rng, quoted=()).decode().splitlines()
    )
    columns = {
        header: pa.array([record[place] for record in records], pa.string()) for place, header in enumerate(headers)
    }
    written = io.BytesIO()
    pq.write_table(pa.table(_with_maps(columns)), written)
    return written.getvalue()


def _record(choices: dict[str, tuple[str, ...]], rng: Random) -> dict[str, str | None]:
    return {header: rng.choice(texts) or None for header, texts in choices.items()}


def _with_maps(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """The columns, with those named like cells of a map combined into maps."""
    maps: dict[str, list[str]] = {}
    for header in columns:
        if MARK in header:
            maps.setdefault(header.split(MARK)[0], []).append(header)
    alone = {header: column for header, column in columns.items() if MARK not in header and header not in maps}
    return alone | {name: _map(columns, headers) for name, headers in maps.items()}


def _map(columns: dict[str, pa.Array], headers: list[str]) -> pa.Array:
    rows = zip(*(columns[header].to_pylist() for header in headers), strict=True)
    cells = [[(key_of(header), int(text)) for header, text in zip(headers, row, strict=True) if text] for row in rows]
    return pa.array(cells, pa.map_(pa.string(), pa.int32()))


def _choices(header: str, type_: FieldType, quoted: tuple[str, ...]) -> tuple[str, ...]:
    for beginning, texts in _BY_BEGINNING.items():
        if header.startswith(beginning):
            return texts
    texts = _TEXTS[type_] + quoted if type_ is fields.TEXT else _TEXTS[type_]
    return _BY_HEADER.get(header, texts)


Choices = Callable[[str, FieldType, tuple[str, ...]], tuple[str, ...]]


def json_documents(contract: Contract, rng: Random, count: int, choices: Choices) -> bytes:
    """`count` documents, one at least, in one of the ways of JSON; `choices` gives the texts of a header."""
    return written([_document(contract, rng, choices) for _ in range(max(1, count))], rng)


def _document(contract: Contract, rng: Random, choices: Choices) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for column in contract.columns:
        if column.header and column.header != DOCUMENT:
            text = rng.choice(choices(column.header, column.type, ()))
            _put(document, column.header, text or None)
    if contract.name != "inpi_json" or rng.random() < 0.7:
        _put_lines(document, contract, rng, choices)
    return document


def _put_lines(document: dict[str, Any], contract: Contract, rng: Random, choices: Choices) -> None:
    """One or two lines, in one list at each level of the path, each identified by its names."""
    if contract.cells is None:
        return
    *outer, innermost = contract.cells.path
    holder = document
    for path in outer:
        item: dict[str, Any] = {"numero": rng.choice(("01", 1, "1", 1.0))}
        _put(holder, path, [item])
        holder = item
    lines = [_line(contract, rng, choices, rank) for rank in range(rng.randint(1, 2))]
    _put(holder, innermost, lines)


def _line(contract: Contract, rng: Random, choices: Choices, rank: int) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for column in contract.cells.columns if contract.cells else ():
        if column.header and column.header not in (RANK, "numero"):
            text = f"B{rank}" if column.header == "code" else rng.choice(choices(column.header, column.type, ()))
            _put(line, column.header, text or ("30" if column.type is TEXT else None))
    return line


def _put(holder: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    for key in parents:
        holder = holder.setdefault(key, {})
    holder[last] = value


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<bilans xmlns="fr:inpi:odrncs:bilansSaisisXML">\n'


_IDENTITY: dict[str, tuple[str, ...]] = {
    "siren": ("123456789", "000000001"),
    "date_cloture_exercice": ("20171231", "20160630"),
    "code_greffe": ("3801",),
    "num_depot": ("B2017/006219", "1234"),
    "num_gestion": ("1956B00224",),
    "code_activite": ("7010Z", ""),
    "date_cloture_exercice_n-1": ("20161231", ""),
    "duree_exercice_n": ("12", "18"),
    "duree_exercice_n-1": ("00", "12"),
    "date_depot": ("20180702", "20181115"),
    "code_motif": ("00", "01", "1A"),
    "code_type_bilan": ("C", "S", "K"),
    "code_devise": ("EUR",),
    "code_origine_devise": ("O",),
    "code_confidentialite": ("0", "1", "2"),
    "info_traitement": ("", "A1"),
    "denomination": ("<![CDATA[ÉPICERIE DE L'ÎLE]]>", "DUPONT &amp; FILS"),
    "adresse": ("<![CDATA[38100 GRENOBLE]]>",),
}


_LINES = (
    '<liasse code="BJ" m1="000000000170145" m2="000000000105862" m3="000000000064283"/>',
    '<liasse code="DI" m1="-000000000001193" m2="000000000000416"/>',
    '<liasse code="EE" m1="000000000673995"/>',
)


def bilans_saisis(rng: Random, count: int) -> bytes:
    """A document of `count` bilans (at least one), each on its own lines."""
    return (_HEAD + "".join(_bilan(rng) for _ in range(max(1, count))) + "</bilans>\n").encode()


def _bilan(rng: Random) -> str:
    identity = "".join(f"<{tag}>{rng.choice(texts)}</{tag}>\n" for tag, texts in _IDENTITY.items())
    cells = "\n".join(rng.sample(_LINES, rng.randint(1, len(_LINES))))
    page = rng.choice(("01", "1", "\u00a001"))
    detail = f'<detail>\n<page numero="{page}">\n{cells}\n</page>\n</detail>\n' if rng.random() < 0.7 else ""
    return f"<bilan>\n<identite>\n{identity}</identite>\n{detail}</bilan>\n"
