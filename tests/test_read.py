"""Files to paragraphs: encodings, formats, kinds, and what is refused."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import InputError
from translate.read import find_inputs, guess_kind, guess_kinds, read, read_text
from translate.reading.encoding import decode

DATA = Path(__file__).parent / "data"
REPORT = (
    "青溪县：干部下沉解民忧\n本报通讯员 林晓岚\n春耕时节，干部走进田间地头。\n"
    "抓培训 提能力\n会议要求，压实责任。\n"
)
TRADITIONAL = (
    "青溪縣：幹部下沉解民憂\n春耕時節，幹部走進田間地頭，為群眾解決難題。\n會議要求，壓實責任。\n"
)
KINDS = ["headline", "byline", "body", "subhead", "body"]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def texts(page):
    return [paragraph.text for paragraph in page.paragraphs]


def kinds(page):
    return [paragraph.kind for paragraph in page.paragraphs]


# --- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "named", "guessed"),
    [
        ("utf-8", "UTF-8", False),
        ("utf-8-sig", "UTF-8 with BOM", False),
        ("utf-16", "UTF-16", False),
        ("utf-32", "UTF-32", False),
        ("utf-16-le", "UTF-16-LE", True),
        ("utf-16-be", "UTF-16-BE", True),
        ("gb18030", "GB18030", True),
        ("gbk", "GB18030", True),
        ("gb2312", "GB18030", True),
        ("hz", "HZ", True),
    ],
)
def test_encodings_are_recognised_and_guesses_said(tmp_path, codec, named, guessed):
    page = read(write(tmp_path, "r.txt", REPORT.encode(codec)))
    assert texts(page) == REPORT.splitlines()
    assert page.encoding == named
    assert any("guessed" in note for note in page.notes) == guessed


@pytest.mark.parametrize("codec", ["big5", "cp950", "big5hkscs"])
def test_big5_is_recognised(tmp_path, codec):
    page = read(write(tmp_path, "r.txt", TRADITIONAL.encode(codec)))
    assert texts(page) == TRADITIONAL.splitlines()
    assert page.notes == ("read as Big5 (guessed)",)


SHORT = [
    "县委书记",
    "收成好",
    "抓作风 强实效",
    "乡村振兴",
    "双河村",
    "会议",
    "他说：“好！”",
    "12月5日开工",
]


@pytest.mark.parametrize("text", SHORT)
def test_short_gb18030(text):
    assert decode(text.encode("gb18030"), "x").text == text


SHORT_TRADITIONAL = [
    "縣委書記",
    "收成好",
    "鄉村振興",
    "雙河村",
    "會議",
    "他說：「好！」",
    "12月5日開工",
]


@pytest.mark.parametrize("text", SHORT_TRADITIONAL)
def test_short_big5(text):
    assert decode(text.encode("big5"), "x").text == text


def test_traditional_in_gb18030_is_not_taken_for_big5():
    assert decode(TRADITIONAL.encode("gb18030"), "x").encoding == "GB18030"


def test_four_byte_gb18030():
    text = "村民𠮷明和㐂子参加了会议。"
    assert decode(text.encode("gb18030"), "x").text == text


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (REPORT.encode()[:-10] + b"\xff" + REPORT.encode()[-10:], "UTF-8"),
        (REPORT.encode("gb18030")[:40] + b"\xff\xff" + REPORT.encode("gb18030")[40:], "GB18030"),
        (b"\xef\xbb\xbf" + "县里".encode() + b"\xe5\x8e", "UTF-8 with BOM"),
        ("县里".encode("utf-16") + b"\x00", "UTF-16"),
    ],
)
def test_an_undecodable_byte_is_named_with_its_offset(tmp_path, data, codec):
    with pytest.raises(InputError, match=r"byte \d+ .*UTF-8") as caught:
        read(write(tmp_path, "r.txt", data))
    assert codec in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_offset_of_an_undecodable_byte_is_right():
    with pytest.raises(InputError, match=r"byte 7 \(line 2: FF"):
        decode("县里".encode() + b"\n\xff" + "召开会议，安排工作。".encode(), "x")


# --- refused and survived ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.md", b"", "empty"),
        ("empty.html", b"", "empty"),
        ("empty.docx", b"", "empty"),
        ("blank.txt", b" \r\n\t\n", "empty"),
        ("bom.txt", b"\xef\xbb\xbf\n", "empty"),
        ("space.txt", "\u3000\n".encode(), "empty"),
        ("code.md", "```\n县里\n```\n", "nothing to read"),
        ("tags.html", "<html><script>var a = '县里'</script></html>", "nothing to read"),
        ("english.txt", "No Chinese here.", "no Chinese"),
        ("kana.txt", "ありがとう", "no Chinese"),
        ("zip.txt", b"PK\x03\x04\x14\0\0\0", "zip"),
        ("pdf.txt", b"%PDF-1.7\n", "PDF"),
        ("old.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        ("noise.txt", bytes(range(256)) * 40, "binary"),
        ("bad.docx", "县里".encode(), "not a Word file"),
        ("bad2.docx", b"PK\x03\x04\x14\0\0\0", "not a Word file"),
        ("old.doc", b"x", "save it as .docx"),
        ("paper.pdf", b"x", "copy its text"),
        ("table.xlsx", b"x", "known are"),
    ],
)
def test_bad_files_give_one_line(tmp_path, name, data, message):
    path = write(tmp_path, name, data)
    with pytest.raises(InputError, match=message) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match="folder"):
        read(tmp_path / "folder.txt")


def test_what_cannot_be_seen_is_dropped_and_noted():
    page = read_text("青溪\0县\u200b召开\u202e会议\u202c，\ud800村民\ufeff参加。\x0b第二行。")
    assert texts(page) == ["青溪县召开会议，\ufffd村民参加。", "第二行。"]
    assert len(page.notes) == 2
    assert "5 invisible" in page.notes[1]


def test_lone_surrogates_in_a_file_are_survived(tmp_path):
    data = "县里".encode() + b"\xed\xa0\x80" + "\U00020bb7".encode("utf-16-be", "surrogatepass")[:0]
    page = read(write(tmp_path, "r.txt", data))
    assert texts(page) == ["县里\ufffd"]


def test_surrogate_pairs_written_as_utf8_become_one_character(tmp_path):
    cesu = "村民\ud842\udfb7".encode("utf-8", "surrogatepass")
    assert texts(read(write(tmp_path, "r.txt", cesu))) == ["村民𠮷"]


def test_ten_megabytes_and_a_line_of_a_hundred_thousand_characters(tmp_path):
    long = "协调推进各项工作，" * 11_112
    path = write(
        tmp_path, "r.txt", (long + "\n" + ("会议要求，压实责任。" * 10 + "\n") * 34_000).encode()
    )
    began = time.perf_counter()
    page = read(path)
    assert len(page.paragraphs) == 34_001
    assert page.paragraphs[0].text == long
    assert time.perf_counter() - began < 20


@given(
    st.sampled_from([b"", b"<html>", "县里。".encode(), "县里。".encode("gb18030")]),
    st.binary(max_size=200),
)
def test_any_bytes_give_a_page_or_an_input_error(head, data):
    try:
        page = read("-", stdin=io.BytesIO(head + data))
    except InputError:
        return
    assert all("\n" not in item.text and item.text for item in page.paragraphs)


@given(st.text(max_size=200))
def test_any_text_gives_paragraphs_without_line_breaks(text):
    page = read_text("县里\n" + text)
    assert all(len(item.text.splitlines()) == 1 for item in page.paragraphs)
    page.paragraphs[0].text.encode()


# --- plain text -------------------------------------------------------------------------------


def test_every_line_is_a_paragraph_with_its_number(tmp_path):
    page = read(write(tmp_path, "r.txt", "\r\n　　县里开会。\r\n\r\n村民参加。\r村里修路。\n"))
    assert texts(page) == ["县里开会。", "村民参加。", "村里修路。"]
    assert [item.line for item in page.paragraphs] == [2, 4, 5]


def wrap(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


PROSE = (
    "春耕时节，青溪县组织农业技术人员走进田间地头，围绕选种育苗、测土配方、病虫防治等环节开展指导，"
    "帮助农户解决生产难题，同时协调金融机构发放春耕贷款，保障农资供应，为全年粮食丰收打下坚实基础，"
    "目前全县已备足种子和化肥，各类农机具检修完毕，随时可以投入使用，春耕生产形势总体良好。"
)


@pytest.mark.parametrize("width", [24, 30, 38])
def test_text_wrapped_by_hand_is_joined(width):
    second = PROSE.replace("春耕", "秋收")
    page = read_text(wrap(PROSE, width) + "\n\n" + wrap(second, width))
    assert texts(page) == [PROSE, second]


def test_wrapped_and_indented_text_is_joined():
    second = PROSE.replace("春耕", "秋收")
    page = read_text(wrap("　　" + PROSE, 30) + "\n" + wrap("　　" + second, 30))
    assert texts(page) == [PROSE, second]


@pytest.mark.parametrize(
    "lines",
    [
        ["县里开会。", "村民参加。", "村里修路。", "大家高兴。"],
        [PROSE, PROSE, PROSE, PROSE, PROSE],
        ["抓培训提能力促进干部队伍建设再上新的台阶", "抓作风强实效推动各项工作落实"] * 2,
        [PROSE[:30] + "。"] * 6,
    ],
)
def test_lines_that_are_paragraphs_stay_apart(lines):
    assert texts(read_text("\n".join(lines))) == lines


# --- Markdown ---------------------------------------------------------------------------------

MARKDOWN = """---
title: 青溪县：干部下沉解民忧
date: 2024-11-05
---
<!-- 说明 -->
## 抓培训　提能力

春耕时节，**干部**走进[田间地头](https://example.com/a_(b)?x=1 "题")，
为*群众*解决难题，使用 `平台` 和
GIS system。

> 引用一句话。

- 修水渠
- [x] 铺村道
  接着写
1. 建广场

| 项目 | 投资 |
|:-----|-----:|
| 水厂 | 30万元 |

```python
print("县里")
```
![图](a.png)

第二个标题
----------

硬换行<SPACES>
另一段\\*不是强调\\*，snake_case_name 不变。&nbsp;&amp;

***

[ref]: https://example.com
""".replace("<SPACES>", "  ")


def test_markdown_is_read_as_it_is_shown(tmp_path):
    page = read(write(tmp_path, "r.md", MARKDOWN))
    assert [(item.kind, item.text) for item in page.paragraphs] == [
        ("headline", "青溪县：干部下沉解民忧"),
        ("subhead", "抓培训　提能力"),
        ("body", "春耕时节，干部走进田间地头，为群众解决难题，使用 平台 和GIS system。"),
        ("body", "引用一句话。"),
        ("subhead", "修水渠"),
        ("subhead", "铺村道接着写"),
        ("subhead", "1. 建广场"),
        ("body", "项目"),
        ("body", "投资"),
        ("body", "水厂"),
        ("body", "30万元"),
        ("subhead", "第二个标题"),
        ("subhead", "硬换行"),
        ("body", "另一段*不是强调*，snake_case_name 不变。\xa0&"),
    ]
    assert page.paragraphs[2].line == 8


# --- HTML -------------------------------------------------------------------------------------

COUNTY_PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">
<html><head><meta charset="gb2312"><title>干部下沉解民忧_青溪县人民政府网站</title>
<style>p {color: red}</style><script>document.write("县里")</script></head>
<body><div class="top-nav"><a href="/">首页</a> | <a href="/a">新闻，动态。</a></div>
<div id="crumb">您的位置：<a href="/">首页</a> &gt; 乡镇动态</div>
<table><tr><td width="70%">
<h1>干部下沉解民忧</h1>
<div class="info">来源：青溪日报　发布时间：2024-11-05　浏览次数：<span>22</span></div>
<div id="zoom"><p>&#12288;&#12288;春耕时节，<b>干部</b>走进田间&nbsp;地头，解决难题。</p>
<p align="center"><strong>抓培训　提能力</strong></p>
<font>会议要求，压实责任。<br/><br>各乡镇要成立专班，细化措施，抓好落实。</font>
<p style="display:none">隐藏的文字，不该出现在这里。</p>
<p><a href="x">干部能力提升年活动</a>成效明显，群众满意度持续提高，作风不断好转。</p>
<table><tr><td>项目</td><td>投资</td></tr><tr><td>水厂</td><td>30万元</td></tr></table></div>
<div>【<a href="#">打印</a>】【<a href="#">关闭</a>】</div>
<ul><li><a href="b">上一篇：全县召开防汛工作会议，部署当前任务</a></li></ul>
</td><td><div class="sidebar"><a href="c">某某镇开展活动，效果很好</a></div></td></tr></table>
<div class="footer">版权所有：青溪县人民政府，主办单位：县政府办公室，技术支持：某公司</div>
</body></html>"""


def test_a_county_page_gives_its_article(tmp_path):
    page = read(write(tmp_path, "r.html", COUNTY_PAGE.encode("gb18030")))
    assert [(item.kind, item.text) for item in page.paragraphs] == [
        ("headline", "干部下沉解民忧"),
        ("byline", "来源：青溪日报　发布时间：2024-11-05　浏览次数：22"),
        ("body", "春耕时节，干部走进田间 地头，解决难题。"),
        ("subhead", "抓培训　提能力"),
        ("body", "会议要求，压实责任。"),
        ("body", "各乡镇要成立专班，细化措施，抓好落实。"),
        ("body", "干部能力提升年活动成效明显，群众满意度持续提高，作风不断好转。"),
        ("body", "项目"),
        ("body", "投资"),
        ("body", "水厂"),
        ("body", "30万元"),
    ]
    assert page.encoding == "GB18030"


SECTIONS = """<html><head><meta property="og:title" content="双河镇：产业兴、村庄美"></head><body>
<div id="js_article"><h1>双河镇：产业兴、村庄美</h1><div><span>原创</span> <a>双河发布</a></div>
<div style="visibility: hidden"><section><section>点击上方蓝字关注我们</section></section><section>
<p><span>深秋时节，双河镇的</span><span>柿子红了。</span></p><p><br></p>
<section><strong>产业兴旺</strong></section><p>近年来，该镇坚持“一村一品”，发展柿子三千亩。</p>
<p><img src=x></p><section><strong>村庄美丽</strong></section><p>村里修了路，环境越来越好。</p>
</section><p>来源：双河镇党政办</p><p>编辑：林晓岚</p></div></div></body></html>"""

TABLES = """<HTML><BODY bgcolor=#fff><TABLE><TR><TD><A href=x>首页</A>&nbsp;<A>新闻</A></TABLE>
<TABLE><TR><TD align=center><FONT size=5><B>干部下乡解民忧</B></FONT></TD></TR>
<TR><TD>作者：林晓岚&nbsp;&nbsp;日期：2008-5-6</TD></TR>
<TR><TD><FONT>&nbsp;&nbsp;&nbsp;春耕时节，干部走进田间。<BR>&nbsp;&nbsp;&nbsp;村民欢迎，收成好。<BR><BR>
抓培训 提能力<BR>&nbsp;&nbsp;会议要求，压实责任。</FONT></TABLE>
<TABLE><TR><TD>Copyright 2008 青溪县信息中心</TABLE></BODY></HTML>"""


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>县里开会，安排工作。</p>", ["县里开会，安排工作。"]),
        ("县里开会，安排工作。<br>村民参加。", ["县里开会，安排工作。", "村民参加。"]),
        (
            "<html><body><section><section><p>春耕时节，干部走进田间地头。</p></section>"
            "<section><p>会议要求各乡镇，压实责任。</p></section></section></body></html>",
            ["春耕时节，干部走进田间地头。", "会议要求各乡镇，压实责任。"],
        ),
        (
            '<meta name="ArticleTitle" content="青溪县开会"><title>青溪县人民政府</title>'
            "<div><h1>青溪县人民政府</h1></div><div><p>春耕时节，干部走进田间地头。</p></div>",
            ["青溪县开会", "春耕时节，干部走进田间地头。"],
        ),
        (
            "<title>青溪县人民政府网</title><p>春耕时节，干部走进田间地头。</p>",
            ["春耕时节，干部走进田间地头。"],
        ),
        (
            "<?xml version='1.0' encoding='utf-8'?><html><p>县里<!-- 注 -->开会。</p></html>",
            ["县里开会。"],
        ),
        ("<p>县里<span>开</span>会<em>。</em></p>尾声", ["县里开会。", "尾声"]),
        ("<div>前文，<p>段落。</p>后文。</div>", ["前文，", "段落。", "后文。"]),
    ],
)
def test_html_shapes(tmp_path, page, wanted):
    assert texts(read(write(tmp_path, "r.html", page))) == wanted


def test_a_page_of_many_short_sections_keeps_its_signature(tmp_path):
    page = read(write(tmp_path, "r.html", SECTIONS))
    assert [(item.kind, item.text) for item in page.paragraphs] == [
        ("headline", "双河镇：产业兴、村庄美"),
        ("body", "深秋时节，双河镇的柿子红了。"),
        ("subhead", "产业兴旺"),
        ("body", "近年来，该镇坚持“一村一品”，发展柿子三千亩。"),
        ("subhead", "村庄美丽"),
        ("body", "村里修了路，环境越来越好。"),
        ("byline", "来源：双河镇党政办"),
        ("byline", "编辑：林晓岚"),
    ]


def test_a_page_laid_out_by_tables_is_read(tmp_path):
    page = read(write(tmp_path, "r.html", TABLES.encode("gb18030")))
    assert [(item.kind, item.text) for item in page.paragraphs] == [
        ("headline", "干部下乡解民忧"),
        ("byline", "作者：林晓岚 日期：2008-5-6"),
        ("body", "春耕时节，干部走进田间。"),
        ("body", "村民欢迎，收成好。"),
        ("subhead", "抓培训 提能力"),
        ("body", "会议要求，压实责任。"),
    ]


def test_deep_nesting_is_survived(tmp_path):
    deep = "<div>" * 1000 + "<p>县里开会，安排春耕工作。</p>" + "</div>" * 1000
    assert texts(read(write(tmp_path, "r.html", deep))) == ["县里开会，安排春耕工作。"]


def test_a_wrong_charset_in_the_page_is_seen_through(tmp_path):
    page = COUNTY_PAGE.encode()  # says gb2312, is UTF-8
    assert texts(read(write(tmp_path, "r.htm", page)))[0] == "干部下沉解民忧"


# --- Word -------------------------------------------------------------------------------------


def test_word_styles_tables_and_breaks(tmp_path):
    import docx

    document = docx.Document()
    document.add_heading("青溪县：干部下沉解民忧", 0)
    document.add_paragraph("本报通讯员 林晓岚")
    document.add_paragraph("春耕时节，").add_run("干部走进田间。\n村民欢迎。").bold = True
    document.add_heading("抓培训　提能力", 2)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目一览"
    table.cell(1, 0).text = "水厂"
    table.cell(1, 1).text = "30万元"
    document.add_paragraph("会后，代表们参观了项目。")
    document.save(str(tmp_path / "r.docx"))
    page = read(tmp_path / "r.docx")
    assert [(item.kind, item.text) for item in page.paragraphs] == [
        ("headline", "青溪县：干部下沉解民忧"),
        ("byline", "本报通讯员 林晓岚"),
        ("body", "春耕时节，干部走进田间。"),
        ("body", "村民欢迎。"),
        ("subhead", "抓培训　提能力"),
        ("body", "项目一览"),
        ("body", "水厂"),
        ("body", "30万元"),
        ("body", "会后，代表们参观了项目。"),
    ]
    assert page.encoding == "Word"


def test_word_insertions_are_read_and_deletions_are_not(tmp_path):
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph("会议")
    for xml in (
        "<w:ins {}><w:r><w:t>强调</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>指出</w:delText></w:r></w:del>",
        "<w:sdt {}><w:sdtContent><w:r><w:t>，压实责任。</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    document.save(str(tmp_path / "r.docx"))
    assert texts(read(tmp_path / "r.docx")) == ["会议强调，压实责任。"]


# --- kinds ------------------------------------------------------------------------------------

KIND_ROWS = [
    line.split("\t")
    for line in (DATA / "read_kinds.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(
    ("kind", "place", "text"), KIND_ROWS, ids=[row[2][:24] for row in KIND_ROWS]
)
def test_kind(kind, place, text):
    assert guess_kind(text, {"first": 0, "middle": 4, "last": 9}[place], 10) == kind


def test_a_byline_before_the_headline_does_not_take_its_place():
    assert guess_kinds(["来源：青溪日报", "干部下沉解民忧", "会议要求，压实责任。"]) == (
        "byline",
        "headline",
        "body",
    )


def test_markup_wins_over_the_guess():
    page = read_text(REPORT)
    assert kinds(page) == KINDS
    assert guess_kinds(texts(page), ["body", None, None, "body", "subhead"]) == (
        "body",
        "byline",
        "body",
        "body",
        "subhead",
    )


def test_a_text_of_one_paragraph_is_body():
    assert kinds(read_text("抓培训 提能力")) == ["body"]


# --- inputs -----------------------------------------------------------------------------------


def test_folders_are_searched_in_order(tmp_path):
    for name in ("b/2.txt", "b/1.MD", "a.html", "c.pdf", ".hidden.txt", ".git/x.txt", "~$d.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, "县里")
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([tmp_path])]
    assert [name.replace("\\", "/") for name in found] == ["a.html", "b/1.MD", "b/2.txt"]
    assert find_inputs([tmp_path / "b" / "2.txt", tmp_path / "b", "-"]) == [
        tmp_path / "b" / "2.txt",
        tmp_path / "b" / "1.MD",
        Path("-"),
    ]


def test_missing_and_empty_inputs_are_errors(tmp_path):
    with pytest.raises(InputError, match=re.escape(str(tmp_path / "gone"))):
        find_inputs([tmp_path / "gone"])
    write(tmp_path, "c.pdf", "x")
    with pytest.raises(InputError, match="no file to read"):
        find_inputs([tmp_path])
    with pytest.raises(InputError, match="no input"):
        find_inputs([])


def test_standard_input_is_sniffed(tmp_path):
    page = read("-", stdin=io.BytesIO(COUNTY_PAGE.encode()))
    assert page.name == "<stdin>"
    assert page.paragraphs[0].text == "干部下沉解民忧"
    assert texts(read("-", stdin=io.BytesIO(REPORT.encode("gb18030")))) == REPORT.splitlines()


@pytest.mark.parametrize("mark", ["*", "[", "`", "_", "<", "![", "[a](", "~~", "<!--", "\\", "|"])
def test_unclosed_marks_cost_linear_time(tmp_path, mark):
    path = write(tmp_path, "r.md", "县里" + mark * 30_000)
    began = time.perf_counter()
    assert texts(read(path))
    assert time.perf_counter() - began < 5
