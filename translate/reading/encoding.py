"""Bytes to text: which encoding a file is in, and what to say when none fits.

A byte order mark decides; then strict UTF-8; then the encoding among the Chinese ones whose
text is most plausible, by how common its characters are. Legacy Chinese encodings read each
other's bytes without an error, so that a decoder's success says little; common characters say
it from three or four on.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from translate.errors import InputError

__all__ = ["Decoded", "decode", "has_han"]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇]")

# The 500 most frequent characters of Simplified text, and the Traditional forms of those that
# have one: common knowledge of any frequency count.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石"
    "记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青"
    "省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型"
    "眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严镇乡村项服推"
    "這為個國時來們對會發動過說產種後學經進著電裡裏現實當體機點從業應開還義間樣與關線數變條結問"
    "無軍題黨員總設長邊級圖統較將組見計別論運農幾區強決幹戰則據處隊給門規熱領東導壓爭濟階術極聯"
    "認權證採轉單風場車務萬達積議聲報鬥類離華確張馬節話況溫傳許廣記織裝眾書複復兒須際驗連斷難礦"
    "備辦習響約勞團歷構稱準號維劃選標寫親廠識適屬圓養專狀調滿縣紅細聽鐵價嚴鎮鄉項質氣頭資條層"
)
_MARKS = frozenset("，。、；：？！“”‘’（）《》【】—…·「」『』　％")
_CANDIDATES = (
    ("GB18030", "gb18030"),
    ("Big5", "big5hkscs"),
    ("Big5", "cp950"),
    ("UTF-16-LE", "utf-16-le"),
    ("UTF-16-BE", "utf-16-be"),
    ("HZ", "hz"),
)
_BOMS = (
    (codecs.BOM_UTF8, "UTF-8 with BOM", "utf-8"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a zip or Office file: name it .docx if it is one"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save it as .docx or .txt"),
    (b"%PDF", "a PDF: copy its text into a .txt file"),
    (b"{\\rtf", "RTF: save it as .docx or .txt"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"7z\xbc\xaf", "compressed: unpack it first"),
    (b"Rar!", "compressed: unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_SAMPLE = 20_000
_PLAUSIBLE = 0.45


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding's name for people, and whether it was guessed."""

    text: str
    encoding: str
    guessed: bool


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Chinese character."""
    return HAN.search(text) is not None


def plausibility(text: str) -> float:
    """How much ``text`` looks like Chinese: 1 is all common characters, below 0 is not Chinese.

    ASCII does not count, and the text's first ``_SAMPLE`` characters decide.
    """
    score, seen = 0.0, 0
    for char in text[:_SAMPLE]:
        if char < "\x80":
            continue
        seen += 1
        if char in COMMON:
            score += 1.0
        elif char in _MARKS:
            score += 0.8
        else:
            score += _rarity(char)
    return score / seen if seen else 0.0


def _rarity(char: str) -> float:
    """0.5 for a character of the first level of GB 2312 or of Big5 alone, less for others."""
    if not "\u4e00" <= char <= "\u9fff":
        return -1.0
    simplified = char.encode("gb2312", "replace")
    traditional = char.encode("big5", "replace")
    if len(simplified) == 2 and 0xB0 <= simplified[0] <= 0xD7:
        return 0.5
    return 0.4 if len(traditional) == 2 and 0xA4 <= traditional[0] <= 0xC6 else -0.5


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of ``data``.

    Args:
        data: The whole file.
        name: The file, for messages.
        declared: The encoding that an HTML page says it is in; used if its text is plausible.

    Raises:
        InputError: ``data`` is empty, binary, or in no encoding that fits, with the offset of the
            first byte that does not.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise InputError(f"{name}: the file is empty")
    for mark, label, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(_strict(data, len(mark), codec, label, name), label, False)
    if refusal := _binary(data):
        if "controls" in refusal and (found := _best(data)):
            return found  # UTF-16 without a byte order mark
        raise InputError(f"{name}: {refusal}")
    if declared and (found := _declared(data, declared)):
        return found
    try:
        text = _lenient_surrogates(data, "utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, name, error)
    odd = not text.isascii() or "~{" in text or "\0" in text
    if odd and not has_han(text) and (found := _best(data)):
        return found  # a short legacy text can be valid UTF-8 by accident
    return Decoded(text, "UTF-8", False)


def _binary(data: bytes) -> str:
    """Why ``data`` is no text, or nothing."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return f"not a text file but {what}"
    head = data[:65536]
    controls = sum(map(head.count, bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])))
    if controls > len(head) // 20:
        return "a binary file, full of controls, not text; give .txt, .md, .html or .docx"
    return ""


def _declared(data: bytes, declared: str) -> Decoded | None:
    codec = declared.strip().lower()
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(codec, codec)
    try:
        text = data.decode(codec)
    except (LookupError, UnicodeError):
        return None
    if plausibility(text) < _PLAUSIBLE:
        return None
    names = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-8": "UTF-8"}
    return Decoded(text, names.get(codec, declared), False)


def _lenient_surrogates(data: bytes, codec: str) -> str:
    """Decode; surrogates written alone pass, those written in pairs become one character."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "surrogatepass")
    return _SURROGATES.sub(lambda pair: _joined(pair.group()), text)


def _joined(pair: str) -> str:
    return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _strict(data: bytes, skip: int, codec: str, label: str, name: str) -> str:
    try:
        return _lenient_surrogates(data[skip:], codec)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start + skip, label, name) from None


def _undecodable(data: bytes, at: int, label: str, name: str) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    shown = data[at : at + 2].hex(" ").upper()
    return InputError(
        f"{name}: byte {at} (line {line}: {shown}) is not {label}; the file is damaged "
        "or in another encoding: open it in an editor, check the place, and save it as UTF-8"
    )


def _best(data: bytes) -> Decoded | None:
    """The most plausible reading of ``data`` in a legacy encoding, if one decodes it all."""
    best: tuple[float, Decoded] | None = None
    for label, codec in _CANDIDATES:
        if codec == "hz" and b"~{" not in data:
            continue
        if codec.startswith("utf-16") and len(data) % 2:
            continue
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        score = plausibility(text)
        if has_han(text) and (best is None or score > best[0]):
            best = (score, Decoded(text, label, True))
    return best[1] if best and best[0] >= _PLAUSIBLE / 2 else None


def _guess(data: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """A legacy encoding's text, unless ``data`` is UTF-8 with a few broken bytes."""
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    if len(HAN.findall(replaced[:_SAMPLE])) > 3 * min(broken, _SAMPLE):
        raise _undecodable(data, error.start, "UTF-8", name)
    found = _best(data)
    if found:
        return found
    score, at, label = max(_first_error(data, *candidate) for candidate in _CANDIDATES[:2])
    if score < _PLAUSIBLE / 2:
        at, label = error.start, "UTF-8, GB18030 or Big5"
    raise _undecodable(data, at, label, name)


def _first_error(data: bytes, label: str, codec: str) -> tuple[float, int, str]:
    """Plausibility of a reading with its errors replaced, the first error's offset, the name."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        at = error.start
    else:
        at = 0
    return plausibility(data.decode(codec, "replace").replace("\ufffd", "")), at, label
