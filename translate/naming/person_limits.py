"""Where a stretch of characters that begins with a surname can't be a person's whole name.

三十六|封文书 counts documents, 叶霜|从宿舍 has taken in a preposition, 张家长李家短 is a saying and
吉木阿|支 breaks off inside a name that is not Han. What is refused here is no candidate at all, so
that the shorter or longer reading is judged on its own.
"""

from __future__ import annotations

from translate.naming.peoples import parts
from translate.naming.running_words import running_words
from translate.naming.spans import is_han

_NUMERALS = frozenset("一二三四五六七八九十百千万两几数多0半每")
# A given name of two characters ends in none of these: of 2,500 persons of the corpus none does.
_NEVER_LAST = frozenset(
    "从给对把被在让是说等于到跟带想接按与将也还就都又却只着了过的这那没不要能去走看问笑叹道称讲谈拿及其很则"
    "介表指认站坐蹲抱捧握摆抹擦递掏搓翻签教卖买帮听挨主提补透回告负挥赶边"
)
# Nor in these, before what makes a word or phrase with them.
_LAST_BEFORE = {
    "一": "家位行边直起同个把次声手路口句股脸旁下番连样面大",
    "正": "在用忙给把准带拿和与从坐站弯蹲低盘骑趴",
    "大": "药酒学厦桥道街会队院饭",
    "点": "开了头击着燃",
    "用": "平手力一的来心",
    "向": "记前外上下东西南北村县镇乡市群",
    "和": "他她村妻丈儿女同老记",
    "先": "后是在把",
    "得": "知到了",
    "可": "以能是",
    "才": "知能会发明开",
    "强": "调化",
    "成": "为了",
    "有": "点些没",
    "开": "始口着车",
    "发": "现言",
    "心": "里想疼",
    "立": "即刻马",
}
# What a firm or school of a name goes on with; with 大 whatever the name's length.
_FIRMS = (
    "药房", "酒店", "饭店", "宾馆", "超市", "商城", "公司", "集团", "科技", "实业", "药业", "食品",
    "农业", "建材", "纺织", "机械", "电子", "合作社", "小学", "中学", "学校", "医院", "物业",
)  # fmt: skip
_GREAT_FIRMS = ("大药房", "大酒店", "大饭店", "大学", "大厦", "大桥", "大街", "大道", "大队")
_TITLES = frozenset(
    "大爷 大伯 大叔 大哥 大姐 大嫂 大妈 大娘 大婶 大姨 大夫 阿姨 奶奶 爷爷 婆婆 老汉 老太 "
    "师傅 老师 老板 先生 女士 同志 医生 护士 律师 警官 法官 教授 博士 书记 支书 县长 镇长 乡长 "
    "市长 主任 局长 院长 所长 站长 校长 厂长 经理 队长".split()
)
# What transcriptions of Mongolian, Kazakh and Yi names begin with, and are made of.
_FOREIGN_HEADS = frozenset("巴乌哈阿艾吾朝额敖布苏那特斯格达孟呼伊萨图陶沙马海吉木努古买热托玉")
_FOREIGN = frozenset("尔勒克吉图力木斯格嘎巴哈呼苏孜雅甫阿布提依买合曼拉日嘉陶呷惹支伍娜音特迪")
_FOREIGN_ENDS = frozenset("尔勒克图力木斯格嘎巴孜甫布呷惹支提")


def is_transcribed(name: str) -> bool:
    """Whether ``name`` reads like a transcription, cut or whole: 巴雅尔, 哈力克, 吉木阿."""
    return (
        len(name) > 2
        and name[0] in _FOREIGN_HEADS
        and all(char in _FOREIGN for char in name[1:])
        and any(char in _FOREIGN_ENDS for char in name[1:])
    )


def is_no_person(text: str, start: int, given: int, end: int) -> bool:
    """Whether ``text[start:end]``, given name at ``given``, can't be a whole Han name.

    Args:
        text: A ``spans.context``.
        start: Where the surname begins.
        given: Where the given name begins.
        end: Where it ends.
    """
    words = running_words()
    surname, name, before = text[start:given], text[given:end], text[start - 1]
    if before in _NUMERALS and surname in words.words["measures"]:
        return True
    if before in words.families.get(surname, "") or name in _TITLES:
        return True
    if text.startswith(_GREAT_FIRMS, end) or (len(name) == 1 and text.startswith(_FIRMS, end)):
        return True
    said = words.sayings.get(text[start : start + 2], ())
    if any(text.startswith(word, start - at) for word, at in said):
        return True
    return _breaks_off(text, start, end)


def runs_on(text: str, given: int, end: int) -> bool:
    """Whether a given name of two characters has taken in the next word: 叶霜从|宿舍, 裴佳一|家.

    ``text`` is a ``spans.context``.
    """
    last, after = text[end - 1], text[end]
    if end - given > 1 and last == "想":
        return True  # 校长晏婷想，既然…
    return (
        end - given > 1
        and is_han(after)
        and (last in _NEVER_LAST or after in _LAST_BEFORE.get(last, ""))
    )


def _breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a name that is not Han begins here."""
    if is_transcribed(text[start:end]):
        return True
    # 马海|尔布: a known part, and more of the kind after it; 马海涛 is a Han name.
    known = text[start : start + 2] in parts() and end - start > 2
    return known and text[start + 2] in _FOREIGN_ENDS and is_han(text[end])
