"""The exceptions of ``translate``. Only ``cli.py`` prints them or exits.

YitongError
├── UsageError          the caller must change the call: exit status 2
│   ├── InputError      a file that can't be read as Chinese text
│   └── OutputError     a place that can't be written, an unknown format
└── RunError            it was right to ask, but it failed: exit status 1
"""

from __future__ import annotations


class YitongError(Exception):
    """Base class. The message is one line: which file, which line, what to do."""


class UsageError(YitongError):
    """The call must be changed."""


class InputError(UsageError):
    """The input can't be read, or has nothing to translate."""


class OutputError(UsageError):
    """The output can't be written where or how it was asked."""


class RunError(YitongError):
    """Something failed on the way."""
