"""The words of the register, to complete a beginning and to correct a word that is written nowhere.

Words of one first letter and one length are one block of fixed width, sorted: a block is compared at once, without a
Python object per word.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

TABLE = """
CREATE TABLE vocabulary (
    first TEXT, length INTEGER, words BLOB NOT NULL, letters BLOB NOT NULL, companies BLOB NOT NULL
);
CREATE UNIQUE INDEX block ON vocabulary (first, length);
"""
SHORTEST_CORRECTED, SHORTEST_TWICE_CORRECTED = 4, 8
"""Letters from which one letter, then two, may be wrong."""
MOST_CORRECTIONS = 6
"""Words by which one word is also searched: the nearest, then the most frequent."""
LONGEST_CORRECTED = 32
"""Letters of the longest word that is corrected; what is longer is two words without the space."""
Bytes = NDArray[np.uint8]


def write_vocabulary(connection: sqlite3.Connection, companies_by_word: Mapping[str, int]) -> None:
    """Write the words in ASCII, with the number of companies that bear each."""
    blocks: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in companies_by_word:
        if word.isascii():
            blocks[word[0], len(word)].append(word)
    connection.executescript(TABLE)
    for (first, length), words in blocks.items():
        words.sort()
        counts = np.array([companies_by_word[word] for word in words], dtype=np.uint32)
        block = "".join(words).encode("ascii")
        letters = _letters(np.frombuffer(block, dtype=np.uint8).reshape(-1, length))
        row = (first, length, block, letters.tobytes(), counts.tobytes())
        connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?)", row)


def completions(connection: sqlite3.Connection, beginning: str, most: int) -> list[str] | None:
    """The words that start with `beginning`, itself included; None when there are more than `most`."""
    query = "SELECT length, words FROM vocabulary WHERE first = ? AND length >= ?"
    completed: list[str] = []
    for length, block in connection.execute(query, (beginning[0], len(beginning))):
        words = np.frombuffer(block, dtype=f"S{length}")
        low, high = np.searchsorted(words, [beginning.encode(), beginning.encode() + b"\x7f"])
        if len(completed) + high - low > most:
            return None
        completed.extend(word.decode() for word in words[low:high])
    return completed


def corrections(connection: sqlite3.Connection, word: str) -> dict[str, int]:
    """The words of the register that `word` may stand for, at most `MOST_CORRECTIONS`, with how many letters differ.

    One letter may be wrong, missing, added or swapped with the next; two from `SHORTEST_TWICE_CORRECTED` letters. The
    first letter may be the wrong one, then alone.
    """
    if not (SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED and word.isascii() and word.isalpha()):
        return {}
    allowed = 2 if len(word) >= SHORTEST_TWICE_CORRECTED else 1
    near = _same_first_letter(connection, word, allowed) or _first_letter_wrong(connection, word)
    near.pop(word, None)
    chosen = sorted(near, key=lambda one: (near[one], one))[:MOST_CORRECTIONS]
    return {one: near[one][0] for one in chosen}


def distances(word: str, candidates: Bytes, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of letters to change, add, remove or swap between `word` and each row of `candidates`.

    The optimal string alignment distance, of all rows at once; a row counts up to its length, and is zero beyond.
    """
    letters = np.frombuffer(word.encode("ascii"), dtype=np.uint8)
    rows, width = candidates.shape
    before = np.zeros((len(letters) + 1, rows), dtype=np.int64)
    previous = np.repeat(np.arange(len(letters) + 1)[:, None], rows, axis=1)
    result = np.full(rows, len(letters), dtype=np.int64)
    for column in range(1, width + 1):
        here = candidates[:, column - 1]
        current = np.empty_like(previous)
        current[0] = column
        for row in range(1, len(letters) + 1):
            best = previous[row - 1] + (here != letters[row - 1])
            np.minimum(best, previous[row] + 1, out=best)
            np.minimum(best, current[row - 1] + 1, out=best)
            if row > 1 and column > 1:
                swapped = (candidates[:, column - 2] == letters[row - 1]) & (here == letters[row - 2])
                np.minimum(best, np.where(swapped, before[row - 2] + 1, best), out=best)
            current[row] = best
        before, previous = previous, current
        result = np.where(lengths == column, current[-1], result)
    return result


def distance(word: str, other: str) -> int:
    """The distance between two words in ASCII."""
    row = np.frombuffer(other.encode("ascii"), dtype=np.uint8).reshape(1, -1)
    return int(distances(word, row, np.array([len(other)]))[0])


def _same_first_letter(connection: sqlite3.Connection, word: str, allowed: int) -> dict[str, tuple[int, int]]:
    """The near words, with their distance and the opposite of the number of companies."""
    asked = _letters(np.frombuffer(word.encode("ascii"), dtype=np.uint8).reshape(1, -1))[0]
    query = "SELECT length, words, letters, companies FROM vocabulary WHERE first = ? AND length BETWEEN ? AND ?"
    blocks = connection.execute(query, (word[0], len(word) - allowed, len(word) + allowed))
    width = len(word) + allowed
    rows, lengths, companies = [], [], []
    for length, block, letters, counts in blocks:
        letters_of_words = np.frombuffer(letters, dtype=np.uint32)
        # An edit brings at most one letter that the other word lacks, and takes away at most one.
        differ = np.maximum(np.bitwise_count(letters_of_words & ~asked), np.bitwise_count(asked & ~letters_of_words))
        near = np.flatnonzero(differ <= allowed)
        words = np.frombuffer(block, dtype=np.uint8).reshape(-1, length)[near]
        rows.append(np.pad(words, ((0, 0), (0, width - length))))
        lengths.append(np.full(len(near), length))
        companies.append(np.frombuffer(counts, dtype=np.uint32)[near].astype(np.int64))
    if not rows:
        return {}
    candidates, sizes, counted = np.concatenate(rows), np.concatenate(lengths), np.concatenate(companies)
    far = distances(word, candidates, sizes)
    return {
        candidates[place, : sizes[place]].tobytes().decode("ascii"): (int(far[place]), -int(counted[place]))
        for place in np.flatnonzero(far <= allowed)
    }


def _letters(words: Bytes) -> NDArray[np.uint32]:
    """The letters of each row, as bits; a digit shares the bit of a letter."""
    bits = np.uint32(1) << (words % 32).astype(np.uint32)
    union: NDArray[np.uint32] = np.bitwise_or.reduce(bits, axis=1)
    return union


def _first_letter_wrong(connection: sqlite3.Connection, word: str) -> dict[str, tuple[int, int]]:
    """The words of the register that differ by their first letter, wrong, missing, added or swapped."""
    tries = {word[1:], f"{word[1]}{word[0]}{word[2:]}"}
    tries |= {f"{letter}{rest}" for letter in ascii_lowercase for rest in (word[1:], word)}
    query = "SELECT 1 FROM register WHERE register MATCH ? LIMIT 1"
    return {one: (1, 0) for one in sorted(tries) if connection.execute(query, (f'"{one}"',)).fetchone()}
