"""The ways in which portals and registers write the same records in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

Records = list[dict[str, Any]]


def _one_list(records: Records) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1)


def _by_line(records: Records) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _by_line_with_commas(records: Records) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + ",\n" for record in records)


def _a_list_per_line(records: Records) -> str:
    return "".join(
        json.dumps(records[place : place + 2], ensure_ascii=False) + "\n" for place in range(0, len(records), 2)
    )


def _over_lines(records: Records) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False, indent=2) for record in records)


def _end_to_end(records: Records) -> str:
    return "\ufeff" + "\ufeff".join(_one_list(half) for half in (records[:1], records[1:]))


def _a_page(records: Records) -> str:
    return json.dumps({"total_count": len(records), "results": records}, ensure_ascii=False)


def _pages(records: Records) -> str:
    return "".join(_a_page([record]) + "\n" for record in records)


def _fields(records: Records) -> str:
    wrapped = [{"recordid": str(place), "fields": record} for place, record in enumerate(records)]
    return json.dumps({"nhits": len(records), "parameters": {"rows": 10}, "records": wrapped}, ensure_ascii=False)


def _wrapped(records: Records) -> str:
    return _by_line([{"company": record} for record in records])


def _features(records: Records) -> str:
    wrapped = [{"type": "Feature", "geometry": None, "properties": record} for record in records]
    return json.dumps({"type": "FeatureCollection", "features": wrapped}, ensure_ascii=False)


WRITINGS: dict[str, Callable[[Records], str]] = {
    "a list": _one_list,
    "a record a line": _by_line,
    "a record a line, with commas": _by_line_with_commas,
    "a list a line": _a_list_per_line,
    "records over several lines": _over_lines,
    "two files end to end": _end_to_end,
    "a page of an API": _a_page,
    "a page a line": _pages,
    "records in fields": _fields,
    "a record in an object": _wrapped,
    "features": _features,
}
"""Each gives the same records back, in their order."""


def written(records: Records, rng: Random) -> bytes:
    """The records in one of these ways."""
    return rng.choice(list(WRITINGS.values()))(records).encode()
