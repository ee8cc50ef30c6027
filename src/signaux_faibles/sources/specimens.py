"""Small valid deliveries of any type, made from its contract alone."""

from __future__ import annotations

import io
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.sources import fields
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.fields import FieldType
from signaux_faibles.sources.inpi_specimens import bilans_saisis
from signaux_faibles.sources.json_specimens import json_documents
from signaux_faibles.sources.liasse_fields import EITHER_DATE, LIASSE_AMOUNT
from signaux_faibles.sources.parquet_maps import MARK, key_of
from signaux_faibles.sources.rne import BIRTH_MONTH

_TEXTS: dict[FieldType, tuple[str, ...]] = {
    fields.SIREN: ("123456789", "000000001", "552100554"),
    fields.SIRET: ("12345678900001", "00000000100002", "55210055400013"),
    fields.INTEGER: ("1", "7", "3"),
    fields.WHOLE_PART: ("2.9", "12", "0.0"),
    fields.REAL: ("2.33", "48.86", "-1e1"),
    fields.REAL_COMMA: ("2,33", "48.86", "-1", ""),
    fields.DECIMAL: ("311.54", "0", "-12.5"),
    fields.DECIMAL_COMMA: ("311.54", "0", "-12.5"),
    fields.CENTIMES: ("100", "250", "-1e2"),
    fields.HEADCOUNT: ("12", "089", "1 234"),
    fields.BOOL: ("true", "0", "F"),
    fields.ISO_DATE: ("2020-02-29", "1999-12-31"),
    fields.FRENCH_DATE: ("29/02/2020", "31/12/1999"),
    fields.SAS_DATE: ("29FEB2020", "31dec1999"),
    fields.URSSAF_DATE: ("1200229", "991231"),
    fields.PERIOD_START: ("201712", "1762", "201740"),
    fields.PERIOD_END: ("201712", "1762", "201740"),
    fields.TEXT: ("", "RUE", "Île d’Yeu"),
    EITHER_DATE: ("2018-12-31", "20181231", "2019-06-30T10:00:00+02:00"),
    BIRTH_MONTH: ("1970-05", ""),
    LIASSE_AMOUNT: ("12", "-7", "2147483647", ""),
}
_QUOTED = ('"a;b,c"', '"l\'""Œil"', '"un\ndeux"')
_BY_HEADER = {
    "formulaire": ("CA3", "CA12"),
    "date_debut_periode": ("2018-01-01", "20180101"),
    "date_deb_exercice": ("2018-01-01", "20180101"),
    "date_exigibilite": ("2017-12-15", ""),
    "typeBilan": ("C", "S", "K"),
    "type_bilan": ("C", "S", "K"),
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
    "etatAdministratif": ("A", "F"),
    "codeCommune": ("75102", "2A004"),
}


def specimen(
    contract: Contract, chance: Random, *, least: int = 0, most: int = 12, quoted: tuple[str, ...] = _QUOTED
) -> bytes:
    """A delivery of a type in UTF-8: its headers, in an order of chance, and `least` to `most` records.

    `quoted`: texts between quotes to be found among the others; none makes a file of plain lines.
    """
    if contract.cells and contract.cells.path:
        return json_documents(contract, chance, chance.randint(least, most), _choices)
    if contract.cells:
        return bilans_saisis(chance, chance.randint(least, most))
    types = {column.header: column.type for column in contract.columns if column.header}
    choices = {header: _choices(header, types.get(header, fields.TEXT), quoted) for header in contract.headers()}
    if contract.months:
        months = ("201011", "201012", "201043")
        choices |= {f"{contract.months.prefix}{month}": _TEXTS[contract.months.type] for month in months}
    headers = list(choices)
    if not contract.dialect.places:
        chance.shuffle(headers)
    records = [[chance.choice(choices[header]) for header in headers] for _ in range(chance.randint(least, most))]
    return "".join(contract.dialect.separator.join(record) + "\n" for record in [headers, *records]).encode()


def parquet_specimen(contract: Contract, chance: Random) -> bytes:
    """The same kind of delivery in Parquet, all columns being texts."""
    headers, *records = (
        line.split(contract.dialect.separator) for line in specimen(contract, chance, quoted=()).decode().splitlines()
    )
    columns = {
        header: pa.array([record[place] for record in records], pa.string()) for place, header in enumerate(headers)
    }
    written = io.BytesIO()
    pq.write_table(pa.table(_with_maps(columns)), written)
    return written.getvalue()


def _with_maps(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """The columns, those named like cells of a map being put together."""
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
