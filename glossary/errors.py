"""The exceptions of ``glossary``.

    GlossaryError
    └── FormatError       a file, line and column that can't be read as terms
"""

from __future__ import annotations


class GlossaryError(Exception):
    """Base class. The message is one line: which file, line and column, what to do."""


class FormatError(GlossaryError):
    """A glossary file is broken at a place that the message names."""
