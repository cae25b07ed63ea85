"""HTML pages: the article, without the site around it.

The page becomes a list of blocks with the element each stands in. Navigation, forms, scripts
and blocks made of links are dropped; the article is the smallest element that holds
nearly all of the page's sentences. That needs no list of sites, and degrades to the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from translate.document import ParagraphKind
from translate.reading.block import Block
from translate.reading.kinds import guess_kind

__all__ = ["declared_charset", "html_blocks"]

# fmt: off
_DROP = frozenset({
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button",
    "select", "option", "textarea", "input", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "head", "map", "area", "math", "dialog", "rp", "rt"
})
_BLOCK = frozenset({
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt",
    "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre",
    "article", "section", "main", "header", "figure", "figcaption", "address", "center", "hr",
    "br", "fieldset", "details", "summary"
})
# fmt: on
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_SITE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|footer?|foot|sidebar|crumbs?|breadcrumbs?|share|related|recommend|"
    r"comments?|copyright|pager?|pagination|toolbar|login|search|friendlinks?|banner|topbar|"
    r"position|location|qrcode|ewm|bdshare|hot-?news|hidden)(?:$|[-_\s\d])",
    re.I,
)
_CHROME = re.compile(
    r"^[【\[]?\s*(?:打印|关闭|關閉|返回|收藏|分享|字体|字體|字号|字號|上一篇|下一篇|上一页|下一页|首页|扫一扫|当前位置|"
    r"您的位置|您当前|您现在|所在位置|相关(?:阅读|链接|新闻|文章|附件)|推荐阅读|延伸阅读|热点新闻|最新新闻|"
    r"版权所有|主办单位|承办单位|技术支持|网站标识码|备案号|[\u4e00-\u9fff]ICP备|[\u4e00-\u9fff]{1,2}公网安备|"
    r"(?:点击|长按|扫描|识别|扫码)(?:上方|下方|图中|二维码|蓝字|关注)|copyright|©|"
    r"浏览次数|点击数|阅读[:：]|点赞|无障碍|适老版|繁体版)",
    re.I,
)
_SITE_NAME = re.compile(r"(?:网|網|网站|網站|政府|门户|频道|首页|新闻中心|在线|客户端|平台)$")
_TITLE_CUT = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s?|-(?=[^-]*(?:网|政府|网站|频道|客户端)$)).*$")
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_SHARE = 0.85
_CELL = 60  # characters in a cell of data; one that lays the page out holds more


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's first bytes name, as browsers look for it."""
    found = _META.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


@dataclass(slots=True)
class _Piece:
    """A run of text between block boundaries: its element, text, and characters in links."""

    element: Any
    text: str
    linked: int
    line: int

    def is_prose(self) -> bool:
        """Whether it reads as a sentence of the article."""
        return (
            not self.is_linked()
            and len(self.text) >= 12
            and bool(re.search(r"[，。！？；,!?”]", self.text))
        )

    def is_linked(self) -> bool:
        """Whether it is made of links."""
        return self.linked * 2 > len(self.text)

    def is_chrome(self) -> bool:
        """Whether it belongs to the site: made of links, a label, or the site's name."""
        named = self.element.tag == "h1" and _SITE_NAME.search(self.text)
        return self.is_linked() or bool(_CHROME.match(self.text) or named)


def _unwanted(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROP:
        return True
    if (
        re.search(r"display\s*:\s*none", element.get("style", ""), re.I)
        or "hidden" in element.attrib
    ):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_SITE.search(names)) and element.tag not in ("body", "html", "article", "main")


class _Flattener:
    """Turns the tree into pieces; a block's start, its end and ``br`` end a piece."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self._texts: list[str] = []
        self._linked = 0

    def walk(self, root: Any) -> None:
        """Visit the tree in document order, without recursion (pages nest deeply)."""
        stack: list[tuple[Any, bool, int]] = [(root, False, 0)]
        while stack:
            element, leaving, links = stack.pop()
            if leaving:
                if element.tag in _BLOCK:
                    self._flush(element)
                parent = element.getparent()
                if element is not root and parent is not None:
                    self._take(element.tail, links)
                continue
            skipped = _unwanted(element)
            inside = links + (element.tag == "a")
            if element.tag in _BLOCK and not skipped:
                self._flush(element.getparent() if element.getparent() is not None else element)
            stack.append((element, True, links))
            if not skipped:
                self._take(element.text, inside)
                stack.extend((child, False, inside) for child in reversed(element))

    def _take(self, text: str | None, links: int) -> None:
        if text:
            self._texts.append(text)
            if links:
                self._linked += len(text.strip())

    def _flush(self, element: Any) -> None:
        text = _SPACE.sub(" ", "".join(self._texts)).strip(" \u3000")
        if text:
            self.pieces.append(_Piece(element, text, self._linked, element.sourceline or 1))
        self._texts, self._linked = [], 0


def _weigh(pieces: Iterable[_Piece]) -> dict[Any, int]:
    """The characters of ``pieces`` inside each element that holds some."""
    weight: dict[Any, int] = {}
    for piece in pieces:
        for node in (piece.element, *piece.element.iterancestors()):
            weight[node] = weight.get(node, 0) + len(piece.text)
    return weight


def _article(pieces: list[_Piece], root: Any) -> Any:
    """The smallest element that holds nearly all of the prose.

    It goes down only where that sheds links, so that a title, a byline or a
    signature beside the text stays.
    """
    prose = _weigh(piece for piece in pieces if piece.is_prose())
    links = _weigh(piece for piece in pieces if piece.is_linked())
    total = prose.get(root, 0)
    chosen = node = root
    while True:
        inner = [child for child in node if prose.get(child, 0) >= _SHARE * total > 0]
        if not inner or inner[0].tag == "p":
            return chosen
        if links.get(node, 0) > links.get(inner[0], 0):
            chosen = inner[0]
        node = inner[0]


def _same(left: str, right: str) -> bool:
    def bare(text: str) -> str:
        return re.sub(r"\s+", "", text)

    return bare(left) == bare(right)


def _title(tree: Any, pieces: list[_Piece]) -> str:
    """The article's title: what the page's metadata, its h1 or its title element say."""
    for key in ("ArticleTitle", "og:title"):
        for meta in tree.iter("meta"):
            if key in (meta.get("name"), meta.get("property")) and meta.get("content", "").strip():
                return _SPACE.sub(" ", meta.get("content")).strip()
    heads = [piece.text for piece in pieces if piece.element.tag == "h1"]
    if len(heads) == 1:
        return heads[0]
    found = tree.find(".//title")
    text = _SPACE.sub(" ", found.text or "").strip() if found is not None else ""
    for head in heads:
        if head in text:
            return head
    text = _TITLE_CUT.sub("", text).strip()
    return "" if _SITE_NAME.search(text) else text


def html_blocks(text: str) -> list[Block]:
    """The paragraphs of a page's article, its title first."""
    from lxml import html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    if not text.strip():
        return []
    tree = html.document_fromstring(text, parser=parser)
    flattener = _Flattener()
    body = tree.find("body")
    flattener.walk(body if body is not None else tree)
    pieces = flattener.pieces
    root = _article(pieces, body if body is not None else tree)
    title = _title(tree, pieces)
    blocks: list[Block] = [Block(title, 1, "headline")] if title else []
    weight = _weigh(pieces)
    return blocks + [
        Block(piece.text, piece.line, _kind(piece, weight))
        for piece in _signed(pieces, set(root.iter()))
        if not piece.is_chrome() and not (title and _same(piece.text, title))
    ]


def _signed(pieces: list[_Piece], inside: set[Any]) -> list[_Piece]:
    """The pieces of the article, with the bylines that stand just before and after it."""
    places = [at for at, piece in enumerate(pieces) if piece.element in inside]
    if not places:
        return []

    def byline(at: int) -> bool:
        return 0 <= at < len(pieces) and guess_kind(pieces[at].text, 1, 9) == "byline"

    first, end = places[0], places[-1] + 1
    before, after = first, end
    while byline(before - 1):
        before -= 1
    while byline(after):
        after += 1
    return pieces[before:first] + [pieces[at] for at in places] + pieces[end:after]


def _kind(piece: _Piece, weight: dict[Any, int]) -> ParagraphKind | None:
    """A heading is a subhead; a short cell beside others is body, one that lays out is not.

    ``weight`` is the characters inside each element.
    """
    for node in (piece.element, *piece.element.iterancestors()):
        if node.tag in _HEADINGS:
            return "subhead"
        if node.tag in _CELLS:
            beside = weight.get(node.getprevious()) or weight.get(node.getnext())
            return "body" if beside and weight[node] < _CELL else None
    return None
