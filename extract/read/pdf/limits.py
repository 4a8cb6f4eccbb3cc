"""What a document may cost: time, pages, characters, lines, cells."""

from __future__ import annotations

import time

from extract.errors import UnreadableDocument

MAX_PAGES = 2_000
MAX_SECONDS = 20.0
MAX_CHARACTERS = 4_000_000
MAX_CELLS = 500_000
# Bytes of one stream of content, unpacked.
MAX_CONTENT = 32 * 1024 * 1024
SPLIT = "split it into smaller documents"


class Clock:
    """The budget of one document; every method raises ``UnreadableDocument`` when it is used up.

    Time is the time of this thread, so that a busy machine reads what an idle one reads.
    """

    def __init__(self, file: str, seconds: float = MAX_SECONDS) -> None:
        self._file, self._seconds = file, seconds
        self._stop = time.thread_time() + seconds
        self._characters = self._cells = 0

    def check(self) -> None:
        """Stop when the time is over."""
        if time.thread_time() > self._stop:
            self._refuse(f"reading takes longer than {self._seconds:.0f} s")

    def bounded(self, characters: int) -> int:
        """Count the characters of one more page."""
        self.check()
        self._characters += max(characters, 0)
        if self._characters > MAX_CHARACTERS:
            self._refuse(f"it prints more than {MAX_CHARACTERS:,} characters")
        return characters

    def cells(self, count: int) -> None:
        """Count the cells of one more table."""
        self.check()
        self._cells += count
        if self._cells > MAX_CELLS:
            self._refuse(f"its tables have more than {MAX_CELLS:,} cells")

    def _refuse(self, reason: str) -> None:
        raise UnreadableDocument(self._file, reason, SPLIT)
