"""Figures of another shape: fractions, tenths, discounts, doublings, ratios, "dozens"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from translate.figures.numerals import in_words, ordinal, ordinal_word, parse_chinese, plain
from translate.figures.vague import vague_figures
from translate.figures.wording import HEDGES, Settled, soft_hedges

_N = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)"
_PRE = (
    r"(?P<pre>不少于|不低于|至少|不超过|最多|不足|不到|超过了|超过|超|逾|(?<![附靠最邻])近"
    r"|将近|接近|约|大约)?"
)
_POST = r"(?P<post>多|以上|左右|以下|以内|之多|强|弱|不到)?"
_CLASS = {
    "atleast": "不少于 不低于 至少",
    "atmost": "不超过 最多",
    "less": "不足 不到 以下",
    "within": "以内",
    "more": "超过 超过了 超 逾 多 以上 之多 强",
    "nearly": "近 将近 接近 弱",
    "about": "约 大约 左右",
}
_HEDGE = {word: name for name, words in _CLASS.items() for word in words.split()}
_PER_MANY = {Decimal(10**6): "million", Decimal(10**9): "billion"}
_FRACTION = re.compile(rf"{_PRE}(?P<whole>{_N})分之(?P<part>{_N}){_POST}")
_TENTHS = re.compile(
    rf"{_PRE}(?P<tens>(?<![\d.])\d|[一二两三四五六七八九])成(?![立员功为果绩本长都人年形交才品分名就效千上百色])"
    rf"(?P<ones>[一二三四五六七八九半](?!成))?(?:新)?{_POST}"
)
_DISCOUNT = re.compile(
    r"(?P<off>(?<![\d.])\d(?:\.\d)?|[一二三四五六七八九]{1,2})折(?![叠扣返腾射合磨断桥])(?:优惠)?"
)
_DOUBLING = re.compile(
    r"翻(?:了)?(?P<pre>近|将近|超过|不止)?(?:了)?(?P<times>[一二两三123])?(?:个)?番"
)
_RATIO = re.compile(
    r"(?<![\d:：∶.比])(?P<a>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s?(?P<sign>[:：∶]|比)\s?"
    r"(?P<b>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?![\d:：∶.%个年月日万亿])(?P<c>(?:[:：∶]\d+)*)"
)
_LUMP = re.compile(
    r"(?<![第\d.])(?P<n>\d+|[一二两三四五六七八九十]+)个(?P<more>[多余半])?亿(?:元|块钱)?"
)
_HALF = re.compile(rf"(?<!到){_PRE}一半{_POST}(?!是|儿)")


def special_figures(masked: str) -> list[Settled]:
    """``(start, end, target, accepted)`` of each special figure of a sentence, not overlapping."""
    found: list[Settled] = []
    taken: list[tuple[int, int]] = []
    for finder in (
        _ranks,
        _lumps,
        _fractions,
        _tenths,
        _discounts,
        _doublings,
        _ratios,
        _halves,
        vague_figures,
    ):
        for special in finder(masked):
            start, end = special[:2]
            if all(end <= left or right <= start for left, right in taken):
                found.append(special)
                taken.append((start, end))
    return sorted(found)


_ORDER = r"(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})"
_RANKS = (
    # 五年级学生, 二十届三中全会 (the terms of a body), 七次全会, 三十周年
    (
        re.compile(rf"(?<![第\d一二三四五六七八九十百]){_ORDER}年级"),
        "{} grade",
        ("{}-grade", "{}-grader", "{} graders"),
    ),
    (
        re.compile(
            rf"(?<![第\d续每历往近一二三四五六七八九十百]){_ORDER}届(?=全国|[一二三四五六七八九]+次|[一二三四五六七八九]中|□"
            rf"|人大|政协|省委|市委|县委|区委|中央|委员会|常委会|党|省人|市人|县人)"
        ),
        "{}",
        (),
    ),
    (
        re.compile(
            rf"(?:(?<=届)|(?<=届人大)|(?<=届政协)|(?<=人大常委会)){_ORDER}次(?=全会|全体会议|会议|党代会|代表)"
        ),
        "{}",
        (),
    ),
    (
        re.compile(rf"(?<![第\d一二三四五六七八九十百]){_ORDER}周年"),
        "{} anniversary",
        ("{}", "{} birthday"),
    ),
)


def _ranks(masked: str) -> Iterator[Settled]:
    """Numerals that English words as ordinals though Chinese has no 第."""
    for pattern, shape, others in _RANKS:
        for match in pattern.finditer(masked):
            value = parse_chinese(match["n"])
            if not value:
                continue
            forms = ordinal(int(value))
            every = [shape.format(form) for form in forms]
            every += [other.format(form) for other in others for form in forms]
            if "grade" in shape:
                words = in_words(value)
                every += [f"grade {words}", f"grade {int(value)}"]
            if "anniversary" in shape:
                every.append(f"{int(value)} years")
            yield match.start(), match.end(), every[0], tuple(every[1:])


def _wrap(match: re.Match[str], forms: list[str]) -> Settled:
    groups = match.groupdict()
    hedge = _HEDGE.get(groups.get("pre") or groups.get("post") or "", "")
    words = HEDGES[hedge]
    every = tuple(f"{word} {form}".strip() for form in forms for word in words)
    if not hedge:
        softs = soft_hedges(match.string[max(0, match.start() - 14) : match.start()])
        every += tuple(f"{w} {form}" for s in softs for form in forms for w in HEDGES[s])
    return match.start(), match.end(), every[0], every[1:]


def _percent_forms(value: Decimal) -> list[str]:
    return [f"{plain(value)} percent", f"{plain(value)}%", f"{plain(value)} per cent"]


def _lumps(masked: str) -> Iterator[Settled]:
    """三个亿, 一个多亿: hundreds of millions of yuan, as they are said."""
    for match in _LUMP.finditer(masked):
        value = parse_chinese(match["n"])
        if value is None:
            continue
        number = (value + (Decimal("0.5") if match["more"] == "半" else 0)) * 100
        sum_ = f"{plain(number)} million" if number < 1000 else f"{plain(number / 1000)} billion"
        hedges = HEDGES["more"] if match["more"] in ("多", "余") else ("",)
        every = tuple(
            f"{hedge} {form}".strip()
            for form in (f"{sum_} yuan", f"RMB {sum_}", sum_)
            for hedge in hedges
        )
        yield match.start(), match.end(), every[0], every[1:]


def _fractions(masked: str) -> Iterator[Settled]:
    for match in _FRACTION.finditer(masked):
        whole, part = parse_chinese(match["whole"]), parse_chinese(match["part"])
        if not whole or part is None:
            continue
        if whole == 100:
            yield _wrap(match, _percent_forms(part))
        elif whole == 1000:
            share = f"{plain((part / 10).normalize())} percent"
            yield _wrap(match, [f"{plain(part)} per thousand", share, f"{plain(part)} per 1,000"])
        elif whole == 10000:
            words = [plain(part), *filter(None, [in_words(part)])]
            forms = [f"{w} {link} 10,000" for w in words for link in ("per", "in")]
            yield _wrap(match, [*forms, f"{plain((part / 100).normalize())} percent"])
        elif whole in _PER_MANY:
            name, number = _PER_MANY[whole], plain(part)
            parts = "part" if part == 1 else "parts"
            forms = [f"{number} {parts} per {name}", f"{number} in a {name}"]
            words = [in_words(part) or number]
            yield _wrap(match, [*forms, *(f"{w} {parts} per {name}" for w in words)])
        elif whole == whole.to_integral_value() and whole < 100 and part < whole:
            yield _wrap(match, _fraction_forms(int(part), int(whole)))


def _fraction_forms(part: int, whole: int) -> list[str]:
    name = {2: "half", 4: "quarter"}.get(whole) or ordinal_word(whole) or f"{whole}th"
    plural = "s" if part > 1 else ""
    head = in_words(Decimal(part)) or str(part)
    forms = [f"{head}-{name}{plural}", f"{head} {name}{plural}", f"{part}/{whole}"]
    if whole == 4:
        forms = [f"{head}-quarter{plural}", *forms, f"{head}-fourth{plural}"]
    if whole == 2:
        forms = ["half", *forms]
    if part == 1:
        forms += [f"a {name}", f"one in {in_words(Decimal(whole)) or whole}"]
    share = Decimal(part) / Decimal(whole) * 100
    if share == share.quantize(Decimal("0.1")):
        forms += _percent_forms(share.normalize())
    return forms


def _tenths(masked: str) -> Iterator[Settled]:
    for match in _TENTHS.finditer(masked):
        tens = parse_chinese(match["tens"]) or Decimal(0)
        ones = match["ones"] or ""
        value = tens * 10 + (5 if ones == "半" else (parse_chinese(ones) or 0) if ones else 0)
        forms = _percent_forms(value)
        if not ones:
            words = in_words(tens)
            forms += [
                f"{words}-tenths",
                f"{words} tenths",
                f"{words} in ten",
                f"{words} out of ten",
            ]
        yield _wrap(match, forms)


def _discounts(masked: str) -> Iterator[Settled]:
    """八折 pays 80 percent: "20 percent off"."""
    for match in _DISCOUNT.finditer(masked):
        digits = "".join(
            str(parse_chinese(char)) if not char.isdigit() and char != "." else char
            for char in match["off"]
        )
        paid = Decimal(digits) * 10 if "." in digits or len(digits) == 1 else Decimal(digits)
        off = plain((100 - paid).normalize())
        kept = plain(paid.normalize())
        yield (
            match.start(),
            match.end(),
            f"{off} percent off",
            (
                f"{off}% off",
                f"{off} percent discount",
                f"{off}% discount",
                f"{off}-percent discount",
                f"discount of {off} percent",
                f"discounted by {off} percent",
                f"{kept} percent",
                f"{kept}%",
            ),
        )


def _doublings(masked: str) -> Iterator[Settled]:
    folds = {
        1: ["doubled", "double", "doubling", "doubles", "twofold", "twice"],
        2: ["quadrupled", "quadruple", "quadrupling", "fourfold", "four times"],
        3: ["increased eightfold", "eightfold", "eight times"],
    }
    for match in _DOUBLING.finditer(masked):
        times = int(parse_chinese(match["times"] or "1") or 1)
        yield _wrap(match, folds[times])


def _ratios(masked: str) -> Iterator[Settled]:
    """1:3 stays "1:3"; a score 3比2 is "3-2"."""
    for match in _RATIO.finditer(masked):
        first, second = parse_chinese(match["a"]), parse_chinese(match["b"])
        if first is None or second is None:
            continue
        if (
            match["sign"] == "比"
            and not (match["a"][0].isdigit() or "十" in match["a"])
            and (
                masked[match.start() - 1 : match.start()] not in ("以", "□", "，", "：", "为", "是")
            )
        ):
            continue
        if match["c"]:
            whole = re.sub("[：∶]", ":", match[0].replace(" ", ""))
            yield match.start(), match.end(), whole, (whole.replace(":", "-"),)
            continue
        a, b = plain(first), plain(second)
        forms = [f"{a}:{b}", f"{a}-{b}", f"{a} to {b}", f"{a}–{b}"]
        words = in_words(first), in_words(second)
        forms += [f"{words[0]} to {words[1]}", f"{words[0]}-{words[1]}"] if all(words) else []
        target = f"{a}-{b}" if match["sign"] == "比" else f"{a}:{b}"
        yield match.start(), match.end(), target, tuple(forms)


def _halves(masked: str) -> Iterator[Settled]:
    for match in _HALF.finditer(masked):
        yield _wrap(match, ["half", "one-half", "one half", "50 percent", "50%"])
