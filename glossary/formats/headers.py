"""What the columns of a table are: by its header, or by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from glossary.errors import FormatError
from glossary.fold import has_han

Row = tuple[int, list[str]]
NO_MAPPING: Mapping[str, str] = MappingProxyType({})

# What the columns of other tables are called, lower case.
_NAMES = {
    "concept": ("concept", "id", "entry", "concept id", "编号", "概念"),
    "zh": ("zh", "zh-cn", "zh-hans", "zh_cn", "chinese", "simplified", "中文", "汉语", "术语",
           "原文", "简体", "source term", "chinese (simplified)"),
    "zh-hant": ("zh-hant", "zh-tw", "zh_tw", "traditional", "繁体", "繁體",
                "chinese (traditional)"),
    "en": ("en", "en-us", "en-gb", "en_us", "english", "英文", "英语", "英譯", "英译", "译文",
           "target term", "translation"),
    "status": ("status", "en_status", "usage status", "状态"),
    "zh_status": ("zh_status",),
    "term_type": ("term_type", "term type", "type", "类型"),
    "pos": ("pos", "part of speech", "part_of_speech", "词性"),
    "inflection": ("inflection", "case"),
    "usage": ("usage",),
    "form_source": ("form_source",),
    "context": ("context", "example", "例句"),
    "context_source": ("context_source",),
    "subject": ("subject", "category", "domain", "field", "subject field", "领域", "类别", "分类"),
    "definition": ("definition", "meaning", "定义", "释义"),
    "note": ("note", "notes", "comment", "comments", "remark", "description", "备注", "说明"),
    "source": ("source", "reference", "provenance", "来源", "出处"),
    "review": ("review", "review state"),
    "priority": ("priority", "优先级"),
    "author": ("author", "changed by"),
    "modified": ("modified", "changed on"),
    "lang": ("lang", "language", "语言"),
    "form": ("form", "term", "词形"),
}  # fmt: skip
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names}


def header(cells: list[str], mapping: Mapping[str, str] = NO_MAPPING) -> list[str] | None:
    """The columns that a header row names (``""``: ignored), or None if it is no header.

    ``mapping`` gives the glossary's names for the table's own.
    """
    cells = [mapping.get(c, c) for c in cells]
    lowered = [c.lower().strip() for c in cells]
    if "source" in lowered and "target" in lowered and "zh" not in lowered:
        lowered = [{"source": "zh", "target": "en"}.get(c, c) for c in lowered]
    columns = [_BY_NAME.get(c, "") for c in lowered]
    if {"form", "lang", "concept"} <= set(columns) or {"zh", "en"} <= set(columns):
        return columns
    return None


def guess_columns(first: Row, name: str) -> list[str]:
    """The columns of a table without a header, by its first row."""
    line, cells = first
    if not 2 <= len(cells) <= 4:
        raise FormatError(
            f"has {len(cells)} columns and no header: give two columns, Chinese and English, "
            "or name the columns in the first row",
            name,
            line,
        )
    languages = ["en", "zh"] if has_han(cells[1]) and not has_han(cells[0]) else ["zh", "en"]
    return [*languages, *{2: [], 3: ["note"], 4: ["subject", "note"]}[len(cells)]]
