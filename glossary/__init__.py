"""The glossary: what a term is, where it is kept, how it is found in text.

>>> from glossary import Glossary
>>> for match in Glossary.load().find("各县深化四下基层"):
...     print(match.start, match.end, match.entry.preferred)
"""

from __future__ import annotations

from glossary.collection import Glossary
from glossary.entry import Entry, Form, Match, Status
from glossary.errors import FormatError, GlossaryError

__all__ = ["Entry", "Form", "FormatError", "Glossary", "GlossaryError", "Match", "Status"]
