"""Chinese sentences, with offsets, and the parts of a sentence that is too long to decode.

What ends a sentence, and what does not:

* ``。！？`` and ``……`` end one; the closing quotes and brackets after them stay on its left.
* ``；`` ends one only outside quotes and brackets, with at least ``CLAUSE`` characters on either
  side: a list of short items is one English sentence, a list of long ones is several.
* Inside brackets nothing ends a sentence.
* Inside a quote of ``LONG_QUOTE`` characters or more each sentence is a segment; a shorter
  quote (``“干得好！快来！”``) is never divided.
* Where a quote that ends in ``。！？`` closes, the sentence ends unless what follows is its
  speech tag (``“……。”张三说。``) or goes on with it (``“……！”的口号``).
* A quote that never closes is forgotten at the next opening one or at the paragraph's end.

Offsets are half-open code-point indices into the text that each function names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Document, Segment
from translate.parts import split_long
from translate.quotes import CLOSERS, Pair, Quoted

__all__ = ["segment", "sentence_spans", "split_long"]

CLAUSE = 25
"""Characters on either side that make ``；`` an end: about 15 English words each."""
LONG_QUOTE = 30
"""Characters inside a quote from which its sentences stand alone."""
SHORT = 8
"""Characters that a piece of a quote, or the text before an ellipsis, needs to stand alone."""
TAG_REACH = 60
"""How far past a quote its speech tag may end; a bound, so that the scan stays linear."""

_HAN = r"\u3400-\u9fff\U00020000-\U000323af"
# Runs of ending marks; a half-width full stop only between Han, or after Han before a space.
_END = re.compile(
    rf"[。！？｡…⋯!?；;]+|(?<=[{_HAN}”’」』）)》])\.(?=[{_HAN}“‘「『（《\s”’」』）)]|$)"
)
_AFTER_HAN = re.compile(rf"[{_HAN}\u3000-\u303f\uff01-\uff65”’0-9%…]")
# Question marks that stand for lost bytes: two of them, or one before the rest of a reading.
_LOST = re.compile(
    r"[?？]{2}(?=[^\s“‘（《”’）》])|[?？](?=\S?[A-Za-zà-ü\u0100-\u01dc]{1,6}\))|\ufffd"
)
_NOTE = re.compile(r"\[\d{1,3}\]|[①-⑳]+(?=[\s\u3400-\u9fff]|$)")
_STRAY = re.compile(r"[ \u3000]{1,2}[”’」』）)》】]+")  # a closing mark cut off by a space

# What joins a closed quote to the words after it: no sentence begins with these.
_GOES_ON = re.compile(r"\s*(?:[的、，,；;：:之等和与與及]|——)")
# Verbs that end a speech tag; what looks like one (小说, 学问, 渠道) is kept out.
_SAY = (
    "(?<![小传听据学假解傳聽據學解])[说說]|(?<![学疑慰访顾的學訪顧])[问問]|"
    "(?<=[说问答喊笑叹慨忆充绍释言赞叮嘱醒侃趣骂吼唱写念应评劝怨咐示诉呼嚷說問嘆憶紹釋讚囑趣罵寫應評勸訴])道|"
    "(?<![报解報])答|回答|回应|喊|吆喝|招呼|念叨|嘟囔|嘀咕|打趣|调侃|感慨|感叹|赞叹|称赞|夸赞|夸奖|点赞|"
    "表示|介绍|告诉记者|告诉笔者|解释|坦言|直言|回忆|补充|评价|强调|指出|叮嘱|叮咛|嘱咐|提醒|反问|追问|"
    "回了一句|补了一句|打了个比方|开门见山|开宗明义|赞不绝口|点头|摇头|竖起(?:了)?大拇指|打开了话匣子|乐开了花|合不拢嘴|喜笑颜开|"
    "回應|感嘆|讚嘆|稱讚|誇讚|點讚|介紹|告訴記者|解釋|回憶|補充|評價|強調|叮囑|囑咐|提醒|贊不絕口|點頭|豎起大拇指"
)
_TAG_END = re.compile(
    rf"(?:{_SAY})[着著了过過起]?(?:[。！？；!?.]|$)|[说道问答喊說問][着著]?[，,]\s*[“「\"]"
)
_TAG_COMMA = re.compile(
    r"^[^，,。]{1,16}?(?:(?<![的据听據聽小传])[说道答笑喊說]|(?<![的追学疑])[问問]|感慨|感叹|感嘆|回忆|回憶)[着著]?[，,]"
)
_SPEECH_LEAD = re.compile(r"(?:[：:，,]|[说道问喊答称說問稱曰])\s*$")


def _after_closers(text: str, at: int) -> int:
    """The offset after the closing marks and footnote numbers that start at ``at``."""
    while at < len(text) and text[at] in CLOSERS:
        at += 1
    stray = _STRAY.match(text, at)
    at = stray.end() if stray else at
    note = _NOTE.match(text, at)
    return note.end() if note else at


def _is_tag(text: str, at: int) -> bool:
    """Whether what follows a quote's end at ``at`` says who spoke."""
    end = min(len(text), at + TAG_REACH)
    stop = next((i for i in range(at, end) if text[i] in "。！？!?"), end)
    clause = text[at : stop + 1].lstrip()
    if not clause or clause[0] in "“「":
        return False
    found = _TAG_END.search(clause)
    if found and "：" not in clause[: found.end()] and ":" not in clause[: found.end()]:
        return True
    return bool(_TAG_COMMA.match(clause))


def _is_end(text: str, quoted: Quoted, start: int, mark: re.Match[str], end: int) -> bool:
    """Whether the sentence begun at ``start`` ends with ``mark`` and the closers to ``end``."""
    run = mark.group()
    pair, closed = quoted.around(mark.start()), None
    while pair and pair.close < end:  # one of the closers kept on the left closes it
        pair, closed = quoted.outer(pair), pair
    if set(run) <= set("；;"):
        return pair is None and closed is None and _long_clauses(text, start, mark)
    if not _is_mark(text, mark):
        return False
    if set(run) <= set("…⋯") and not _stands_alone(text, start, end):
        return False
    if pair is not None:
        return (
            pair.quote and quoted.outer(pair) is None and _divides(text, pair, closed, start, end)
        )
    if closed is None:
        return True
    if not closed.quote:
        return not text[start : closed.open].strip()
    return _ends_quote(text, closed, run, start, end)


def _is_mark(text: str, mark: re.Match[str]) -> bool:
    """Whether ``?`` and ``!`` are punctuation, not part of an address or of lost bytes."""
    if _LOST.match(text, mark.start()) and "？！" not in mark.group():
        return False
    return mark.group()[0] not in "?!" or bool(
        _AFTER_HAN.match(text[mark.start() - 1 : mark.start()])
    )


def _long_clauses(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether ``；`` has a long clause on either side."""
    if mark.start() - start < CLAUSE:
        return False
    following = text[mark.end() : mark.end() + CLAUSE]
    return len(following) == CLAUSE and not re.search(r"[。！？；;!?]", following)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the text before an ellipsis, and after it, is long enough for two sentences."""
    rest = text[end : end + SHORT].strip()
    if not rest:
        return True
    return end - start >= SHORT and len(rest) >= SHORT - 2 and not _GOES_ON.match(text, end)


def _divides(text: str, pair: Pair, inner: Pair | None, start: int, end: int) -> bool:
    """Whether a sentence ends inside ``pair``, a quote that goes on after ``end``.

    ``inner`` is a quote or bracket in it that has just closed.
    """
    if pair.close - pair.open - 1 < LONG_QUOTE or text[pair.close + 1 : pair.close + 2] in (
        "的",
        "之",
    ):
        return False
    if inner is not None and (not inner.quote or _GOES_ON.match(text, end) or _is_tag(text, end)):
        return False
    return end - max(start, pair.open + 1) >= SHORT // 2 and pair.close - end >= SHORT // 2


def _ends_quote(text: str, pair: Pair, run: str, start: int, end: int) -> bool:
    """Whether the sentence ends at ``end``, where the quote ``pair`` closes after ``run``."""
    if not text[end : end + 9].strip():
        return True
    if _GOES_ON.match(text, end):
        return False
    lead = text[max(start, pair.open - 16) : pair.open] if pair.open >= start else ""
    if not lead.strip("“”‘’「」『』 \u3000"):
        return not _is_tag(text, end)
    if _SPEECH_LEAD.search(lead):
        return True
    return run[-1] in "。｡." and pair.close - pair.open > SHORT


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph, as offsets in ``text`` without the space around them.

    Every character that is not white space is in exactly one span, spans are in order and never
    overlap. Takes time linear in the paragraph's length.
    """
    quoted = Quoted(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in _END.finditer(text):
        if mark.start() < start:
            continue
        end = _after_closers(text, mark.end())
        if _is_end(text, quoted, start, mark, end):
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append a span without the space around it; marks alone join their neighbour."""
    start, end = _trimmed(text, start, end)
    if start >= end:
        return
    if spans and not (_has_word(text, start, end) and _has_word(text, *spans[-1])):
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _has_word(text: str, start: int, end: int) -> bool:
    return any(text[at].isalnum() for at in range(start, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def segment(document: Document) -> tuple[Segment, ...]:
    """The segments of ``document``, in order, over ``document.text``.

    Headlines, subheads and bylines are one segment unless they hold a full stop. ``printed`` is
    filled from ``document.origins``.
    """
    segments: list[Segment] = []
    offset = 0
    for index, text in enumerate(document.text.split("\n")):
        kind = document.paragraphs[index].kind if index < len(document.paragraphs) else "body"
        for start, end in _spans_of(text, whole=kind != "body"):
            first, last = offset + start, offset + end
            a, b = document.printed_span(first, last)
            printed = document.printed[a:b].rstrip()
            segments.append(Segment(text[start:end], first, last, index, kind, printed))
        offset += len(text) + 1
    return tuple(segments)


def _spans_of(text: str, whole: bool) -> Iterator[tuple[int, int]]:
    if whole and "。" not in text.strip().rstrip("。"):
        span = _trimmed(text, 0, len(text))
        return iter([span] if span[0] < span[1] else [])
    return iter(sentence_spans(text))
