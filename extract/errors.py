"""The few ways in which work can fail; each message names the place, the reason and the remedy."""

from __future__ import annotations


class PerformanceGoalError(Exception):
    """Base of all errors that this project raises on purpose; ``str(error)`` is one clear line."""


class UnreadableDocument(PerformanceGoalError):
    """A file that cannot be read: it is reported and the batch goes on."""

    def __init__(self, file: str, reason: str, remedy: str) -> None:
        """Name the file, say why it cannot be read and what to do about it.

        What a document brings into the reason (the name of a part, say) cannot break the line.
        """
        self.file, self.reason, self.remedy = file, " ".join(reason.split()), remedy
        super().__init__(f"{file}: {self.reason}; {remedy}")
