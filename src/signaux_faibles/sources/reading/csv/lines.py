"""The lines of a delivered file, in UTF-8, in blocks of whole lines with their numbers (import-chain §4.1)."""

from __future__ import annotations

from typing import IO

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.csv.encoding import Decoder
from signaux_faibles.sources.reading.lookalikes import refuse_lookalike

BLOCK = 16 * 1024 * 1024
LONGEST_LINE = 16 * 1024 * 1024
BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Lines:
    """The lines of a stream of bytes; those read and not yet dropped are in `data`.

    Attributes:
        data: whole lines in UTF-8, each ending with a line feed; a return before a line feed is dropped.
        number: the number of the first line of `data`, from 1.
        damaged: numbers of the lines that no encoding explains; their text in `data` is for display only.
        cut: whether the last line has no end, once it is read: the file may have been cut in it.
    """

    def __init__(self, stream: IO[bytes], name: str, block: int = BLOCK) -> None:
        self._stream = stream
        self._name = name
        self._block = block
        self._decoder = Decoder()
        self._rest = b""
        self._next = 1
        self._begun = self._ended = False
        self.data = b""
        self.number = 1
        self.damaged: set[int] = set()
        self.cut = False

    @property
    def encoding(self) -> str:
        """The encoding found so far."""
        return self._decoder.encoding

    def fill(self) -> bool:
        """Make sure that `data` contains a line; False at the end of the file."""
        while not self.data and self.extend():
            pass
        return bool(self.data)

    def extend(self) -> bool:
        """Read one more block into `data`; False when the file has no more.

        Raises:
            DeliveryRefused: the file is in UTF-16 or no CSV, or one of its lines never ends.
        """
        if self._ended:
            return False
        data = self._stream.read(self._block)
        if not self._begun:
            data = self._without_bom(data)
        self._ended = not data
        whole = self._whole_lines(data)
        if whole:
            decoded, damaged = self._decoder.decode(whole)
            self.damaged |= {self._next + place for place in damaged}
            self._next += decoded.count(b"\n")
            self.data = self.data + decoded if self.data else decoded
        return True

    def drop(self, lines: int, left: bytes) -> None:
        """Drop the first lines of `data`, leaving `left`."""
        self.number += lines
        self.data = left
        if self.damaged:
            self.damaged = {number for number in self.damaged if number >= self.number}

    def _without_bom(self, data: bytes) -> bytes:
        self._begun = True
        if data.startswith(_WIDE_BOMS):
            raise DeliveryRefused(f"{self._name} : fichier en UTF-16. Demandez-le en UTF-8.")
        refuse_lookalike(data, self._name, "un fichier CSV")
        return data.removeprefix(BOM)

    def _whole_lines(self, data: bytes) -> bytes:
        """The lines completed by `data`, without their returns; an incomplete last line is kept for later."""
        if self._ended:
            # The last line may lack an end; if it is empty or a lone return, it is not a line.
            last = self._rest.removesuffix(b"\r")
            self.cut = bool(last)
            return last + b"\n" if last else b""
        end = data.rfind(b"\n") + 1
        whole, self._rest = (self._rest + data[:end], data[end:]) if end else (b"", self._rest + data)
        if len(self._rest) > LONGEST_LINE:
            number = self._next + whole.count(b"\n")
            raise DeliveryRefused(
                f"{self._name}, ligne {number} : la ligne dépasse {LONGEST_LINE // 2**20} Mo, ce n'est pas un fichier "
                "CSV ou ses fins de ligne sont perdues. Redemandez-le."
            )
        return whole.replace(b"\r\n", b"\n") if b"\r" in whole else whole
