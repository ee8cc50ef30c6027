"""Where the records of a JSON value are: in a list, in a page of an API, in an object around each of them.

Portals and registers give the same records in many ways: `[…]`, `{"total_count": 3, "results": […]}`, `{"records":
[{"fields": {…}}]}`, `{"company": {…}}`, `{"features": [{"properties": {…}}]}`. No list of keys can know them all: a
record is the object that holds most of the headers of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

DEEPEST = 4
"""Objects around a record, at most."""
COUNTS = (
    "total_count", "totalcount", "nhits", "total_results", "totalresults", "totalelements", "totalhits",
    "numberofrecords", "numbermatched", "@odata.count", "total", "count",
)  # fmt: skip
"""The keys under which a page says how many records the whole reply has, the surest first."""
NEXT = ("next", "nextpage", "next_page", "nexturl", "next_url", "nextlink", "@odata.nextlink", "hasmore", "has_more")
"""The keys under which a page says that another follows it."""
BESIDE = ("header", "meta", "metadata", "pagination", "paging", "page", "links", "_links", "info")
"""The objects in which a page may say both."""


class RecordFinder:
    """The records of successive values of one file.

    Attributes:
        paged: how many records the pages read so far hold.
        announced: by announced total, how many records were found; the pages of one reply announce the same total.
        followed: whether the last page read says that another follows.
        aside: how many records of another kind were left in the pages, by the key of their list.
    """

    def __init__(self, headers: Iterable[str]) -> None:
        self._keys = frozenset(header.partition(".")[0] for header in headers)
        self._lower = frozenset(key.lower() for key in self._keys)
        self.paged = 0
        self.announced: dict[int, int] = {}
        self.followed = False
        self.aside: dict[str, int] = {}

    def found_in(self, value: object) -> Iterator[object]:
        """The records that a value holds, in order; the value itself if nothing in it looks like one."""
        if isinstance(value, list):
            for item in value:
                yield from self.found_in(item)
        elif isinstance(value, dict):
            yield from self._in_object(value)
        else:
            yield value

    def holds_records(self, value: object) -> bool:
        """Whether something in a value looks like a record."""
        return self._score(value, DEEPEST) > 0

    def leave_aside(self, key: str, count: int) -> None:
        """Count items of a page that are no records."""
        self.aside[key] = self.aside.get(key, 0) + count

    def expects(self, record: Mapping[str, object]) -> bool:
        """Whether an object has at least one key of a record."""
        return self._own(record) > 0

    def _in_object(self, value: dict[str, object]) -> Iterator[object]:
        own = self._own(value)
        if own * 2 > len(self._keys):
            yield value
            return
        parts = {key: part for key, part in value.items() if isinstance(part, dict | list)}
        inner = {key: self._score(part, DEEPEST) for key, part in parts.items()}
        best = max((score for key, score in inner.items() if self._wraps(own, parts[key], score)), default=0)
        if best > own:
            yield from self._in_page(value, inner, best)
        elif own or not _is_empty_page(value):
            yield value

    def _in_page(self, value: dict[str, object], inner: dict[str, int], best: int) -> Iterator[object]:
        """The records of the parts of an object that score best."""
        listed = 0
        for key, score in inner.items():
            child = value[key]
            if score == best:
                for record in self.found_in(child):
                    listed += isinstance(child, list)
                    yield record
            elif score and isinstance(child, list):
                self.leave_aside(key, len(child))
        if listed:
            self.paged += listed
            page_values = _said_of(value)
            total = _announced(page_values)
            self.followed = any(page_values.get(key) not in (None, False, "", "null") for key in NEXT)
            self.announced[total] = self.announced.get(total, 0) + listed

    def _wraps(self, own: int, child: object, score: int) -> bool:
        """Whether a part may be the record itself: the identity of a document repeats some of its keys."""
        return not own or isinstance(child, list) or score * 2 > len(self._keys)

    def _own(self, value: Mapping[str, object]) -> int:
        # Keys are nearly always in the case of the contract, and then need not be folded.
        own = len(self._keys.intersection(value))
        return own or len(self._lower.intersection(key.lower() for key in value))

    def _score(self, value: object, depth: int) -> int:
        """How many keys of a record the best object of a value holds."""
        if depth == 0:
            return 0
        if isinstance(value, list):
            return max((self._score(item, depth) for item in value if isinstance(item, dict)), default=0)
        if not isinstance(value, dict):
            return 0
        inner = (self._score(child, depth - 1) for child in value.values() if isinstance(child, dict | list))
        return max(self._own(value), max(inner, default=0))


def _is_empty_page(value: dict[str, object]) -> bool:
    return any(child == [] for child in value.values())


def _said_of(page: dict[str, object]) -> dict[str, object]:
    """What a page says about itself, by keys in lower case: beside its records, or in an object of its own."""
    objects = [child for key, child in page.items() if key.lower() in BESIDE and isinstance(child, dict)]
    return {key.lower(): value for part in (*objects, page) for key, value in part.items()}


def _announced(statements: dict[str, object]) -> int:
    """How many records the reply of a page has in all; 0 if the page does not say."""
    values = (statements[key] for key in COUNTS if key in statements)
    counts = (str(value.get("value") if isinstance(value, dict) else value) for value in values)
    return next((int(count) for count in counts if count.isascii() and count.isdigit()), 0)
