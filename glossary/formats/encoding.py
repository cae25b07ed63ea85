"""Which encoding a text file from the wild is in."""

from __future__ import annotations

import codecs
from pathlib import Path

from glossary.errors import FormatError, GlossaryError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Frequent in terms of this field, in either script; bytes read in the wrong encoding give rare
# characters instead.
_FREQUENT = frozenset(
    "的一人大中国會会党黨县縣市村镇鎮委政府建设設工作发發展业業民生产產社区區"
    "书書记記长長基层層部门門制度法治理服务務经經济濟农農乡鄉三四五两兩个個"
)


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        GlossaryError: It can't be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryError(f"{path}: {reason}: give the path of a glossary file") from None


def decode(data: bytes, name: str) -> str:
    """``data`` as text: by its byte order mark, else UTF-8, else GB18030 or Big5.

    Raises:
        FormatError: It is none of these, or binary.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _guess(data, name, error.start)
    if "\0" in text:
        raise FormatError("is binary, not text: save it as UTF-8 text", name)
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(
            f"byte {error.start} is not {encoding}, which its first bytes announce: "
            "save it as UTF-8",
            name,
        ) from None


def _guess(data: bytes, name: str, position: int) -> str:
    readings = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((sum(c in _FREQUENT for c in text), text))
    if not readings:
        line = data.count(b"\n", 0, position) + 1
        raise FormatError(
            f"byte {position} is neither UTF-8 nor GB18030 nor Big5: save it as UTF-8", name, line
        )
    return max(readings, key=lambda reading: reading[0])[1]
