"""How is it said that a log cannot be read, kept or asked?"""

from __future__ import annotations


class LogError(Exception):
    """A log, a store or a key that cannot be used, said in one line that names the file and a remedy."""


class LogInUseError(LogError):
    """Another process is writing to the log."""
