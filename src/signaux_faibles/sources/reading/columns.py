"""Which headers of a file a contract reads, and what is wrong with them (import-chain §4.2, §5.8)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from signaux_faibles.sources.contract import Contract, MonthColumns, raw_name
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.blocks import Headers
from signaux_faibles.sources.spellings.blanks import BLANKS
from signaux_faibles.wording.french import month_label


@dataclass(frozen=True)
class FileLayout:
    """How a file matches its contract.

    Attributes:
        headers: the positions read, under the names that the contract's expressions use.
        missing: absent headers that the contract allows to be absent.
        months: for a wide file, the month of each month column, by the name of the column.
        warnings: French sentences about what was left aside.
    """

    headers: Headers
    missing: tuple[str, ...]
    months: dict[str, date]
    warnings: tuple[str, ...]


def lay_out(headers: list[str], contract: Contract, file: str) -> FileLayout:
    """Find the columns of a contract among the headers of a file, ignoring case and surrounding blanks.

    A header not found is looked for again without accents, with dashes and blanks as underscores.

    Raises:
        DeliveryRefused: a column that the contract needs is missing or appears twice.
    """
    places: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        places.setdefault(header.strip(BLANKS).lower(), []).append(place)
    names: dict[int, str] = {}
    missing: list[str] = []
    taken = {place for header in contract.headers() for place in places.get(header.lower(), [])}
    alike: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        alike.setdefault(_bare(header), []).append(place)
    for header, absent in contract.headers().items():
        positions = places.get(header.lower()) or [one for one in alike.get(_bare(header), []) if one not in taken]
        if len(positions) > 1:
            raise DeliveryRefused(f"{file} : la colonne {header} figure {len(positions)} fois. Redemandez le fichier.")
        if positions:
            names[positions[0]] = raw_name(header)
            taken.add(positions[0])
        elif absent:
            missing.append(header)
        else:
            raise _not_found(header, contract, file)
    for column in contract.columns:
        if column.required and column.header and {column.header, *column.elsewhere} <= set(missing):
            raise _not_found(column.header, contract, file)
    months, warnings = _month_columns([header.strip(BLANKS) for header in headers], contract.months, file)
    names.update({place: raw_name(headers[place]) for place in months})
    named = {raw_name(headers[place]): month for place, month in months.items()}
    return FileLayout(Headers(headers, dict(sorted(names.items()))), tuple(missing), named, warnings)


def _bare(header: str) -> str:
    """A header without capitals or accents, and with one character between its words."""
    letters = unicodedata.normalize("NFKD", header.strip(BLANKS).lower())
    return re.sub(f"[{BLANKS}_'’–—-]+", "_", "".join(one for one in letters if not unicodedata.combining(one)))


def _not_found(header: str, contract: Contract, file: str) -> DeliveryRefused:
    return DeliveryRefused(
        f"{file} : colonne {header} introuvable. Le format a changé ou le séparateur n'est pas "
        f"« {contract.dialect.separator} » ; comparez l'en-tête à docs/sources/{contract.name}.md."
    )


def _month_columns(headers: list[str], wide: MonthColumns | None, file: str) -> tuple[dict[int, date], tuple[str, ...]]:
    if wide is None:
        return {}, ()
    months: dict[int, date] = {}
    warnings: list[str] = []
    for place, header in enumerate(headers):
        if not header.lower().startswith(wide.prefix):
            continue
        # The prefix is lower-case in every delivery: in another case it is another column (import-chain §5.8).
        month = month_of_header(header[len(wide.prefix) :]) if header.startswith(wide.prefix) else None
        if month is None:
            warnings.append(f"{file} : la colonne « {header} » n'est pas un mois ({wide.prefix}AAAATM), ignorée.")
        elif month in months.values():
            raise DeliveryRefused(
                f"{file} : deux colonnes pour {month_label(month)}, dont « {header} ». Redemandez le fichier."
            )
        else:
            months[place] = month
            if not re.match("[1-4][0-3]", header[len(wide.prefix) + 4 :]):
                warnings.append(f"{file} : la colonne « {header} » sort du calendrier, lue comme {month_label(month)}.")
    if not months:
        raise DeliveryRefused(
            f"{file} : aucune colonne de mois ({wide.prefix}AAAATM, par exemple {wide.prefix}202411). "
            f"Redemandez le fichier, ou comparez son en-tête à la page du type dans docs/sources."
        )
    return months, tuple(warnings)


def month_of_header(text: str) -> date | None:
    """The month that a header spells as `AAAATM` after its prefix; None when it spells none (contract Q12).

    201011 is January 2010; what follows the six digits is not read, and months roll over years as in `PERIOD_START`.
    """
    if not re.match("[1-9][0-9]{5}", text) or text[4:6] == "62" or text[:4] >= "9997":
        return None
    year, quarter, month = int(text[:4]), int(text[4]), int(text[5])
    years, rest = divmod((quarter - 1) * 3 + max(month, 1) - 1, 12)
    return date(year + years, rest + 1, 1)
