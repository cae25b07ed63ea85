"""How people are called without their full name: 老王, 王师傅, 陈书记, 李某.

Only the surname is a name here; the rest says how English addresses such a person. The surname
alone is accepted everywhere, because a translator may well write ``Mr. Wang`` for 老王.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate.naming.pinyin import spell_surname

# Surnames that are not, in this position, far more often something else (任书记, 和主任, 常委).
_FAMILIES = (
    "马方白王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶魏苏吕"
    "丁沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱覃武戴"
    "莫孔汤康易乔赖庞樊兰殷施洪翟安倪严牛温季俞鲁葛毕聂焦柳邢岳齐梅庄辛管祝左涂谷耿牟卜詹蒙关"
    "苗甘宁申欧甄柴柯阮裘褚佟屈冉麦瞿邝佘简饶盛"
)
# Title -> how English puts it before the surname; the first is aimed for.
_TITLES: dict[str, tuple[str, ...]] = {
    "大爷": ("Grandpa", "Uncle", "Old"),
    "爷爷": ("Grandpa", "Grandfather"),
    "阿公": ("Grandpa",),
    "大伯": ("Uncle",),
    "大叔": ("Uncle",),
    "叔叔": ("Uncle",),
    "大哥": ("Brother",),
    "大姐": ("Sister", "Ms."),
    "大嫂": ("Sister", "Mrs."),
    "嫂子": ("Sister", "Mrs."),
    "大妈": ("Auntie", "Aunt", "Granny"),
    "大娘": ("Auntie", "Aunt", "Granny"),
    "大婶": ("Auntie", "Aunt"),
    "阿姨": ("Auntie", "Aunt", "Ms."),
    "奶奶": ("Granny", "Grandma"),
    "婆婆": ("Granny", "Grandma"),
    "阿婆": ("Granny", "Grandma"),
    "老太": ("Granny", "Mrs."),
    "老汉": ("Old", "Old Man"),
    "师傅": ("Master", "Mr.", "Chef"),
    "老师": ("Teacher", "Mr.", "Ms."),
    "老板": ("Boss", "Mr.", "Ms."),
    "先生": ("Mr.",),
    "女士": ("Ms.", "Mrs.", "Miss"),
    "同志": ("Comrade",),
    "医生": ("Dr.", "Doctor"),
    "大夫": ("Dr.", "Doctor"),
    "护士": ("Nurse",),
    "律师": ("Lawyer", "Attorney", "Mr.", "Ms."),
    "警官": ("Officer",),
    "法官": ("Judge",),
    "检察官": ("Prosecutor",),
    "教授": ("Professor", "Prof."),
    "博士": ("Dr.", "Doctor"),
    "书记": ("Secretary", "Party Secretary"),
    "支书": ("Secretary", "Party Secretary", "Branch Secretary"),
    "县长": ("County Head", "County Magistrate", "Magistrate"),
    "镇长": ("Town Head", "Mayor", "Head"),
    "乡长": ("Township Head", "Head"),
    "村长": ("Village Head", "Head"),
    "市长": ("Mayor",),
    "区长": ("District Head", "Head"),
    "部长": ("Minister", "Director", "Head"),
    "主席": ("Chairman", "Chairwoman", "Chairperson"),
    "主任": ("Director", "Chairman", "Head"),
    "局长": ("Director", "Director-General", "Chief"),
    "院长": ("President", "Director", "Dean"),
    "所长": ("Director", "Chief", "Head"),
    "站长": ("Director", "Head", "Stationmaster"),
    "校长": ("Principal", "President", "Headmaster"),
    "厂长": ("Director", "Factory Director", "Manager"),
    "经理": ("Manager",),
    "队长": ("Captain", "Team Leader", "Leader"),
}
_TITLED = re.compile(
    # Before it a boundary, or a word that people stand after; 任 and 原 make other words.
    r"(?:(?<![\u4e00-\u9fff])|(?<=[的是叫找问让请给跟听说者户])|(?<=居民|村民|邻居|隔壁|老伴|记者))"
    rf"(?P<surname>[{_FAMILIES}])(?P<title>{'|'.join(sorted(_TITLES, key=len, reverse=True))})"
    r"(?![员们兵])"
)
_NICKNAME = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[机医员民友户东匠叫他她板]))(?P<kind>[老小])"
    rf"(?P<surname>[{_FAMILIES}])"
    r"(?=[，。：、！？”]|[说笑叹答喊问](?![话明法书])|告诉|介绍|回忆|两口子|夫妇|一家)"
)
# 小米，小麦, 老路。 are words; these are nobody's nickname.
_NOT_NICKNAMES = frozenset(
    "小马 小方 小白 老方 老白 小康 小米 小麦 小金 小叶 小石 小江 小龙 小关 小安 "
    "小季 小夏 小雷 小武 小高 小牛 小兰 小余 小史 小毛 小熊 小钟 小黄 小温 小田 "
    "小林 小庄 小谷 老石 老关 老林 老田 老毛 老谷 老史 老兰 老赖 老汤".split()
)
_SOMEBODY = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<surname>[{_FAMILIES}])(?P<rest>某{{1,2}}[甲乙丙丁]?)"
    rf"|(?<=[人员犯告者民东])(?P<surname2>[{_FAMILIES}])(?P<rest2>某{{1,2}}[甲乙丙丁]?)"
)
_NICKNAME_FORMS = {"老": ("Old", "Lao"), "小": ("Xiao", "Little", "Young")}


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody called by surname: ``start`` and ``end`` are offsets in the text searched."""

    start: int
    end: int
    target: str
    accepted: tuple[str, ...]


def find_addresses(text: str) -> Iterator[Address]:
    """The people in ``text`` who are called by their surname and something."""
    for match in _TITLED.finditer(text):
        yield _address(match.span(), match["surname"], _TITLES[match["title"]])
    for match in _NICKNAME.finditer(text):
        if match[0] not in _NOT_NICKNAMES:
            yield _address(match.span(), match["surname"], _NICKNAME_FORMS[match["kind"]])
    for match in _SOMEBODY.finditer(text):
        spelling = spell_surname(match["surname"] or match["surname2"])
        forms = (spelling.target, *spelling.accepted)
        moreover = tuple(f"{form} Mou" for form in forms)
        yield Address(*match.span(), forms[0], (*forms[1:], *moreover))


def _address(span: tuple[int, int], surname: str, words: tuple[str, ...]) -> Address:
    spelling = spell_surname(surname)
    families = (spelling.target, *spelling.accepted)
    forms = [f"{word} {family}" for family in families for word in words]
    return Address(*span, forms[0], (*forms[1:], *families))
