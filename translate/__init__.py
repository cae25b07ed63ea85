"""Translate Chinese government news into English with every approved term in its place.

from translate import Translator
bitext = Translator().translate_file("report.txt")
for pair in bitext.pairs:
print(pair.segment.text, pair.target, sep="\\n")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate.pipeline import Translator as Translator

__all__ = ["Translator"]


def __getattr__(name: str) -> object:
    # The pipeline loads on first use: `import translate` is part of every start-up.
    if name == "Translator":
        from translate.pipeline import Translator

        return Translator
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
