"""The glossary: what a term is, where it is kept, how it is found in text.

To translate by it:

    >>> from glossary import Glossary
    >>> for match in Glossary.load(files=["county.csv"]).find("各县深化四下基层"):
    ...     print(match.start, match.end, match.entry.preferred)

To keep it:

    >>> with Glossary.open("county.db") as store:
    ...     store.save([entry], author="Lin", reason="county bulletin")

Which module does what: ``entry`` the model; ``match`` finding; ``store`` revisions and layers,
with ``search``, ``review``, ``transfer`` and ``doctor`` around it; ``formats`` files in and out;
``check`` and its ``rules_*``; ``extract`` mining; ``impact`` the effect of a change.
"""

from __future__ import annotations

from glossary.collection import Glossary
from glossary.entry import Entry, Form, Match, Status
from glossary.errors import FormatError, GlossaryError

__all__ = ["Entry", "Form", "FormatError", "Glossary", "GlossaryError", "Match", "Status"]
