"""A table from a file of numbers, or a refusal that says what to do (`sf bench learner`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.periods import indexed
from signaux_faibles.detection.learning.joint.table import Table, groups_of_equal_rows, in_a_fixed_order

LARGEST = 1e30
"""A larger number is an error of the file, and would overflow the learners."""

DECIMALS = {",": ".", ";": ".,"}
"""By separator of a CSV file, the decimal marks that it may use; the one that yields more numbers is right."""
NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_decimal, pa.types.is_null)


@dataclass(frozen=True)
class Named:
    """The columns of a file that are not numbers to learn from."""

    target: str
    group: str | None = None
    time: str | None = None
    drop: Sequence[str] = ()


def read_table(file: Path, named: Named) -> Table:
    """Read a Parquet or CSV file.

    Raises:
        DetectionRefused: the file cannot be read, or a column is not what it should be.
    """
    read = _arrow(file)
    _check_names(read, named)
    outcome = _outcome(read, named.target)
    names = [name for name in read.column_names if name not in {named.target, named.group, named.time, *named.drop}]
    columns = {name: _numbers(read, name) for name in names}
    columns = {name: column for name, column in columns.items() if _varies(column)}
    if not columns:
        raise DetectionRefused(f"{file.name} n'a aucune colonne de nombres qui varie, hors la cible.")
    values = np.column_stack(list(columns.values()))
    groups = groups_of_equal_rows(values) if named.group is None else _groups(read, named.group)
    times, year = (None, 1) if named.time is None else indexed(_python(read, named.time), named.time)
    if named.group is not None and times is not None:
        _check_once(groups, times, named)
    table = Table(tuple(columns), values, outcome, groups, times, year, followed=named.group is not None)
    return table.at(in_a_fixed_order(table))


def _arrow(file: Path) -> pa.Table:
    if not file.is_file():
        raise DetectionRefused(f"{file} n'est pas un fichier.")
    try:
        if file.suffix == ".parquet":
            read = pq.ParquetFile(file).read()
        elif file.suffix == ".csv":
            read = _csv(file)
        else:
            raise DetectionRefused(f"{file.name} n'est ni un fichier .parquet ni un fichier .csv.")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, UnicodeDecodeError) as error:
        raise DetectionRefused(f"{file.name} ne se lit pas comme un tableau : {error}") from error
    if read.num_rows == 0:
        raise DetectionRefused(f"{file.name} n'a aucune ligne.")
    return read


def _csv(file: Path) -> pa.Table:
    """A comma, or a semicolon with decimal points or decimal commas."""
    with file.open(encoding="utf-8-sig") as lines:
        header = lines.readline()
    separator = ";" if header.count(";") > header.count(",") else ","
    parse = pyarrow.csv.ParseOptions(delimiter=separator)
    reads = [
        pyarrow.csv.read_csv(
            file, parse_options=parse, convert_options=pyarrow.csv.ConvertOptions(decimal_point=decimal)
        )
        for decimal in DECIMALS[separator]
    ]
    return min(reads, key=lambda read: sum(pa.types.is_string(field.type) for field in read.schema))


def _check_names(read: pa.Table, named: Named) -> None:
    twice = sorted(name for name, count in Counter(read.column_names).items() if count > 1)
    if twice:
        raise DetectionRefused(f"Colonne présente deux fois : {', '.join(twice)}. Renommez-la ou retirez-la.")
    roles: dict[str, Sequence[str | None]] = {
        "--target": [named.target],
        "--group": [named.group],
        "--time": [named.time],
        "--drop": sorted(set(named.drop)),
    }
    used = [(option, name) for option, names in roles.items() for name in names if name is not None]
    for option, name in used:
        if name not in read.column_names:
            columns = ", ".join(read.column_names)
            raise DetectionRefused(f"Pas de colonne « {name} » ({option}). Colonnes du fichier : {columns}.")
    name, count = Counter(name for _, name in used).most_common(1)[0]
    if count > 1:
        raise DetectionRefused(f"La colonne « {name} » est demandée par deux options : elle ne peut avoir qu'un rôle.")


def _outcome(read: pa.Table, name: str) -> Flags:
    values = _numbers(read, name)
    if np.isnan(values).any():
        raise DetectionRefused(
            f"La cible « {name} » est vide sur {int(np.isnan(values).sum())} lignes : retirez celles dont l'issue est "
            "inconnue."
        )
    others = values[(values != 0) & (values != 1)]
    if len(others):
        raise DetectionRefused(f"La cible « {name} » doit valoir 0 ou 1 ; elle vaut aussi {others[0]:g}.")
    if values.min() == values.max():
        raise DetectionRefused(f"La cible « {name} » vaut {values[0]:g} partout : il n'y a rien à apprendre.")
    return np.asarray(values == 1)


def _numbers(read: pa.Table, name: str) -> Reals:
    column = read[name]
    kind = column.type
    if not any(test(kind) for test in NUMBERS):
        raise DetectionRefused(
            f"La colonne « {name} » n'est pas faite de nombres. Pour l'écarter : --drop {name} ; si elle désigne "
            f"l'entreprise ou la date : --group {name} ou --time {name}."
        )
    values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64)
    if (np.abs(values) >= LARGEST).any():
        raise DetectionRefused(
            f"La colonne « {name} » contient des valeurs infinies ou démesurées : corrigez-les ou videz-les."
        )
    return np.asarray(values)


def _groups(read: pa.Table, name: str) -> npt.NDArray[Any]:
    if read[name].null_count:
        raise DetectionRefused(f"La colonne « {name} » (--group) est vide sur {read[name].null_count} lignes.")
    return np.array([str(value) for value in _python(read, name)])


def _python(read: pa.Table, name: str) -> list[Any]:
    values: list[Any] = read[name].to_pylist()
    return values


def _check_once(groups: npt.NDArray[Any], times: npt.NDArray[np.int64], named: Named) -> None:
    pairs = Counter(zip(groups.tolist(), times.tolist(), strict=True))
    (group, _), count = pairs.most_common(1)[0]
    if count > 1:
        raise DetectionRefused(
            f"« {group} » ({named.group}) a {count} lignes à la même date ({named.time}) : il en faut une seule."
        )


def _varies(column: Reals) -> bool:
    numbers = column[~np.isnan(column)]
    return len(numbers) > 0 and bool((numbers != numbers[0]).any() or len(numbers) < len(column))
