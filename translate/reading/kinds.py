"""What a paragraph is: headline, subhead, byline or body, guessed from its text.

The rules look through the noise of web copies: readings in brackets, Traditional script, spaces
and half-width punctuation, so that a guess before cleaning is mostly the guess after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.document import ParagraphKind

__all__ = ["guess_kind", "guess_kinds"]

HEADLINE = 60
"""The most characters of a headline without its noise."""
SUBHEAD = 30
NUMBERED = 45
"""The most characters of a subhead that begins with 一、 or （一）."""
BYLINE = 60

_READING = re.compile(r"[(（][A-Za-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿɡ]{1,7}[)）]")
_FINAL = re.compile(r"[。！？；：，、…,;:!?.][”’」』）)》\"']*$")
_ASKS = re.compile(r"[！？!?]$")
_NUMBER = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|"
    r"第[一二三四五六七八九十\d]{1,3}[章节部篇條条節]|[①-⑳]|——)"
)
_OUTLET = (
    r"(?:本报|本報|本刊|本网|本網|本台|本臺|"
    r"[\u4e00-\u9fff]{2,8}(?:日报|日報|晚报|晚報|网|網|融媒体?|融媒體?|电视台|電視臺))"
)
_ROLE = (
    r"(?:首席|特约|特約|见习|見習|实习|實習|全媒体|全媒體|融媒体?|融媒體?)?"
    r"(?:记者|記者|通讯员|通訊員|撰稿|供稿|摄影|攝影|报道员|報道員|编辑|編輯|特派员|评论员|評論員)"
)
_ROLES = re.compile(rf"^[（(【\[]?\s*(?:{_OUTLET})?\s*{_ROLE}(?:[\s:：/|、]|$|[\u4e00-\u9fff])")
_LABEL = re.compile(
    r"^[（(【\[]?\s*(?:信息|稿件|文章|图文|圖文)?\s*"
    r"(?:来源|來源|作者(?:单位|單位)?|文|图|圖|文图|图文|责任编辑|責任編輯|责编|責編|编辑|編輯|审核|審核|校对|校對|"
    r"编审|終審|终审|初审|复审|监制|監製|策划|策劃|供稿|供稿单位|供图|供圖|摄影|攝影|发布时间|發佈時間|發布時間|发布日期|"
    r"时间|時間|日期|发布机构|浏览次数|点击数|字号)\s*[:：/丨|]"
)
_WIRE = re.compile(
    rf"^(?:{_OUTLET})?[\u4e00-\u9fff\d]{{0,12}}(?:讯|訊|电|電)(?:\s*[（(][^）)]*[）)])?$"
)
_DATE = re.compile(
    r"^[（(]?\s*(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?[\s\d:：]*[）)]?$"
)
_SIGNED = re.compile(
    r"^[（(]\s*[\u4e00-\u9fff]{2,4}(?:[\s、　]+[\u4e00-\u9fff]{2,4}){0,4}\s*[）)]$"
)
_SHOT = re.compile(
    r"^[（(]?[\u4e00-\u9fff·]{2,4}(?:[\s、][\u4e00-\u9fff·]{2,4})*\s*(?:摄|攝|供图|供圖|文/图|文/圖|摄影报道|攝影報道)[）)]?$"
)
_SENTENCE = re.compile(r"[，。；！？,;!?]")


def _bare(text: str) -> str:
    """The text without readings in brackets, invisible marks and space around it."""
    return _READING.sub("", text).strip("\ufeff\u200b \t\u3000\xa0")


def _is_byline(text: str, last: bool) -> bool:
    if len(text) > BYLINE:
        return False
    if _LABEL.match(text) or _DATE.match(text) or _SHOT.match(text):
        return True
    if _WIRE.match(text) and ("讯" in text or "訊" in text or "（" in text or "(" in text):
        return True
    if last and _SIGNED.match(text):
        return True
    return bool(_ROLES.match(text)) and not _SENTENCE.search(text)


def _is_headline(text: str) -> bool:
    asks = _ASKS.search(text) and len(text) <= SUBHEAD and text[0] not in "“「"
    return 0 < len(text) <= HEADLINE and bool(asks or not _FINAL.search(text))


def guess_kind(text: str, index: int, total: int) -> ParagraphKind:
    """What the paragraph is.

    Args:
        text: As printed or as cleaned.
        index: Its place among the article's paragraphs that are not bylines, from 0.
        total: How many paragraphs the article has.
    """
    bare = _bare(text)
    if _is_byline(bare, index > 0 and index >= total - 2):
        return "byline"
    final = _FINAL.search(bare)
    if index == 0 and total > 1 and _is_headline(bare):
        return "headline"
    if _NUMBER.match(bare):
        body = bare.rstrip("。")
        if not _FINAL.search(body) and "。" not in body:
            limit = NUMBERED if body == bare else SUBHEAD // 2
            return "subhead" if len(bare) <= limit else "body"
    if index > 0 and not final and 0 < len(bare) <= SUBHEAD and total > 1:
        return "subhead"
    return "body"


def guess_kinds(
    texts: Sequence[str], marked: Sequence[ParagraphKind | None] = ()
) -> tuple[ParagraphKind, ...]:
    """The kinds of an article's paragraphs, in order.

    Args:
        texts: The paragraphs, as printed or as cleaned.
        marked: What the file's markup says of each (``Page.marked``), ``None`` where it says
            nothing; empty where there is no markup.
    """
    kinds: list[ParagraphKind] = []
    index = 0
    headed = "headline" in marked
    for place, text in enumerate(texts):
        said = marked[place] if place < len(marked) else None
        kind = said or guess_kind(text, index + headed, len(texts))
        if said == "body" and guess_kind(text, 1, len(texts)) == "byline":
            kind = "byline"
        kinds.append(kind)
        index += kind != "byline"
    return tuple(kinds)
