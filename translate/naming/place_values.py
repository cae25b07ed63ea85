"""How much speaks for a typed place: the linear model, and what report and gazetteer know of it."""

from __future__ import annotations

from translate.naming.gazetteer import gazetteer
from translate.naming.place_chains import Found
from translate.naming.place_forms import TYPES
from translate.naming.place_readings import FEATURE
from translate.naming.place_spans import Span, known_with_one_character, place_features
from translate.naming.spans import is_han, lexicon, score, weights

# Log-odds down to which a place believed elsewhere is still taken for that place, and what that
# is worth.
AGAIN, KNOWN_WORTH = -5.0, 4.0
ORGAN_WORTH = 5.0  # What it is worth that a place stands alone before its own organ.
# Log-odds with the one character more that stands between a boundary and the name, and how much
# less than without it they may be.
HEAD, HEAD_LOSS = 1.0, 1.5
BRIDGE_VALUE = 2.5  # What 萍乡渡市 is worth a character; the city that it begins like is worth 2.
# What precedes places again and again without being part of them.
NO_HEADS = frozenset(
    "在到从向对是的和与及为由把被让给去往经至来了赴离回进入出驻该各全这那省市县区镇乡村、"
)
# One character that may stand there and is a word of its own.
_SMALL_WORDS = frozenset(
    "达访据去但原现今时当按依照过经沿离距近靠邻隔连同跟像如比较即若而则且也还就都又才却只仅已曾便"
    "使令叫喊请找帮带领看见听说讲谈问查走跑跨绕上下住建修做干开办设立属归系算数老新"
    "古村镇乡县市区州省里外内旁边前后由以因自从凭借趁用拿将记写赞颂游登探寻采驱乘抵赶奔飞返留守护"
)
_OPENERS = frozenset("在到从赴往自至抵")
# What the organs and people of a place of this type begin with.
_DOUBLED: dict[str, tuple[str, ...]] = {
    "县": ("县长", "县委", "县政府"),
    "区": ("区长", "区委", "区政府"),
    "镇": ("镇长", "镇党委", "镇政府", "党委书记", "镇干部"),
    "乡": ("乡长", "乡党委", "乡政府", "党委书记", "乡干部"),
    "村": ("村民", "村支书", "村委会", "村主任", "党支部书记", "村干部", "村党"),
    "社区": ("居民", "居委会", "党支部书记", "党委书记", "网格员"),
}
_LEVELS = ("市", "县", "区", "镇", "乡", "村")
_GENERIC = frozenset("各全该本我个某每几多这那两一二三四五六七八九十百千万等和与及的小大中")


def lost_head(padded: str, span: Span) -> bool:
    """Whether the character before belongs to the name: ，|沐恩邸社区, 到|前磨头镇.

    It stands alone between a boundary and what looks like the name, is no word of its own, and
    the longer name is about as likely.
    """
    start, suffix, end = span
    head, before = padded[start - 1], padded[start - 2]
    after_verb = before in _OPENERS and is_han(padded[start - 3])
    if TYPES[padded[suffix:end]].rank > 5 or (is_han(before) and not after_verb):
        return False
    if head in NO_HEADS or head in _GENERIC or (head in _SMALL_WORDS and not after_verb):
        return False
    shorter = place_value(padded, span, frozenset(), set(), None)
    longer = place_value(padded, (start - 1, suffix, end), frozenset(), set(), None)
    return longer > max(HEAD, shorter - HEAD_LOSS)


def bridges(padded: str, span: Span, place: Found) -> bool:
    """Whether ``span`` is one name that begins like a city or river: 萍乡渡市, 乌江沱县.

    One character between that ``place`` and the type can only be part of a longer name.
    """
    rest, kind = padded[place.end : span[1]], padded[span[1] : span[2]]
    return (
        len(rest) == 1
        and kind in (("市", "县") if place.rank == 9 else ("市", "县", "镇", "乡"))
        and place.rank in (2, 9)
        and rest not in _GENERIC
        and rest not in NO_HEADS
        and rest not in _SMALL_WORDS
        and rest + kind not in lexicon().pairs
        and not known_with_one_character(rest, kind)
    )


def place_value(
    padded: str, span: Span, known: frozenset[str], ends: set[int], inner: float | None
) -> float:
    """The log-odds of a typed place by the linear model, raised where more is known of it.

    Args:
        padded: A ``context``.
        span: The place in it.
        known: The places that the report names beyond doubt.
        ends: Where places end before which this one may begin.
        inner: The log-odds of its stem as a river or mountain of its own (清油河|社区).
    """
    start, suffix, end = span
    stem, kind = padded[start:suffix], padded[suffix:end]
    value = score(place_features(padded, *span, lexicon()), weights("place"))
    in_atlas = stem in gazetteer().typed.get(kind, ())
    if in_atlas and start in ends:
        value = max(value, 4.0)  # 安徽省|歙县
    if _is_unit_of_feature(padded, span, in_atlas):
        value = max(value, 2.0 * len(stem) + 0.5)  # 恒山区 before 恒山
    if in_atlas and kind in "路街":
        value = max(value, 2.0)
    if _has_its_organ(padded, *span):
        value += ORGAN_WORTH
    if stem + kind in known and value > AGAIN:
        value = max(value, 0.0) + KNOWN_WORTH
    if inner is not None and len(kind) < 3:
        value = max(value, inner + 0.5)
    return value


def _is_unit_of_feature(padded: str, span: Span, in_atlas: bool) -> bool:
    """Whether a known river or mountain gives its name to a division here: 黄河镇, 恒山区."""
    start, suffix, end = span
    stem, kind = padded[start:suffix], padded[suffix:end]
    place = gazetteer().whole.get(stem)
    if place is None:
        return False
    is_feature = FEATURE.search(place.english) is not None
    if in_atlas or not is_feature:
        return in_atlas and (is_feature or place.rank == 9)
    # 太行山|区, 长江|市县, 黄河|乡村 have no division in them.
    return kind in ("市", "县", "镇", "乡", "街道", "社区") and not padded.startswith(_LEVELS, end)


def _has_its_organ(padded: str, start: int, suffix: int, end: int) -> bool:
    """Whether it stands alone before its own organ: ，望风楼镇|镇长, 。石桥村|村委会.

    Nothing but a name comes between a punctuation mark and such a doubled type.
    """
    kind = padded[suffix:end]
    return (
        kind in _DOUBLED
        and suffix - start > 1
        and not is_han(padded[start - 1])
        and padded.startswith(_DOUBLED[kind], end)
        and not _GENERIC.intersection(padded[start:suffix])
    )
