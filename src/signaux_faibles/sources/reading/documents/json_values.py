"""The values of a JSON file, in whatever way they follow each other: none is lost.

If the first value ends on its line and is not a list, lines are read one by one: a damaged line costs only itself,
unless lines hold several records each. Otherwise values are read one after the other, and the first broken one refuses
the file, since nothing shows where the next one starts. Commas between values are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from signaux_faibles.sources.reading.documents.json_records import RecordFinder
from signaux_faibles.sources.reading.documents.json_text import BETWEEN, JsonText, TooLong

Values = Iterator[tuple[str, object]]
"""Each value with its text."""
_SEPARATED = BETWEEN | {","}
_BLANKS = "".join(_SEPARATED)


def values(text: JsonText, finder: RecordFinder) -> Values:
    """The values of a file, with lists replaced by their items.

    A line that is not JSON gives None instead of a value.

    Raises:
        DeliveryRefused: what may hold several records is cut or broken.
    """
    if text.next() == "{" and _is_by_line(text):
        return _by_line(text, finder)
    return _one_after_the_other(text, finder)


def _is_by_line(text: JsonText) -> bool:
    """Whether the first value ends on its line; also true if it never ends and the next line starts another one."""
    line = text.first_line()
    return _on_line(text, line) is not None or (text.after(line) == "{" and not text.starts_value())


def _by_line(text: JsonText, finder: RecordFinder) -> Values:
    several = False
    while (line := text.line()) is not None:
        if not line.strip(_BLANKS):
            continue
        pairs = _on_line(text, line)
        if pairs is None:
            if several or finder.paged or line.lstrip(_BLANKS).startswith("["):
                raise text.broken(line)
            yield line, None
            continue
        several = several or any(isinstance(value, list) for _, value in pairs)
        yield from pairs


def _on_line(text: JsonText, line: str) -> list[tuple[str, object]] | None:
    """The values of a line; None unless the whole line is JSON."""
    pairs: list[tuple[str, object]] = []
    place = _passed(line, 0)
    while place < len(line):
        try:
            value, end = text.parsed(line, place)
        except ValueError:
            return None
        pairs.append((line[place:end], value))
        place = _passed(line, end)
    return pairs


def _passed(line: str, place: int) -> int:
    while place < len(line) and line[place] in _SEPARATED:
        place += 1
    return place


def _one_after_the_other(text: JsonText, finder: RecordFinder) -> Values:
    while first := text.next(_SEPARATED):
        if first == "[":
            yield from _listed(text)
        elif first == "{":
            yield from _object(text, finder)
        else:
            raise text.broken()


def _listed(text: JsonText) -> Values:
    """The items of the list that starts here; a comma may stand before its end."""
    text.step()
    while (first := text.next()) != "]":
        if not first:
            raise text.broken()
        yield text.value()
        if text.next() == ",":
            text.step()
        elif text.next() != "]":
            raise text.broken()
    text.step()


def _object(text: JsonText, finder: RecordFinder) -> Values:
    """The object that starts here; the items of its lists if it is a page too long to be held."""
    try:
        value = text.value()
    except TooLong:
        yield from _page(text, finder)
    else:
        yield value


def _page(text: JsonText, finder: RecordFinder) -> Values:
    """The items of the lists of a page, read without holding the page; a record that long is refused."""
    text.step()
    while text.next() != "}":
        key = text.value()[1]
        if not isinstance(key, str) or text.next() != ":" or finder.expects({key: None}):
            raise text.broken()
        text.step()
        yield from _part(text, key, finder)
        if text.next() == ",":
            text.step()
        elif text.next() != "}":
            raise text.broken()
    text.step()


def _part(text: JsonText, key: str, finder: RecordFinder) -> Values:
    """What looks like records under a key of a page; anything else is counted if it is a list."""
    first = text.next()
    if first not in ("[", "{"):
        text.value()
        return
    for part in _listed(text) if first == "[" else _object(text, finder):
        if finder.holds_records(part[1]):
            yield part
        elif first == "[":
            finder.leave_aside(key, 1)
