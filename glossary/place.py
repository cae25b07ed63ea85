"""Where a person's glossary is kept if nothing else is said."""

from __future__ import annotations

import os
from pathlib import Path


def default_store() -> Path:
    """``$YITONG_GLOSSARY``, else ``glossary.db`` in the system's folder for a user's data."""
    named = os.environ.get("YITONG_GLOSSARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("yitong", appauthor=False) / "glossary.db"
