"""Outputs: every format on a small report, on hostile text, and there and back for JSONL."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from translate.document import (
    Bitext,
    Constraint,
    Document,
    Edit,
    Flag,
    Pair,
    Paragraph,
    Placement,
    Segment,
)
from translate.errors import InputError, OutputError
from translate.output import (
    FORMATS,
    check_writable,
    format_of,
    html,
    print_terminal,
    read_jsonl,
    render,
    write,
)
from translate.output.md import escape
from translate.output.terminal import fold
from translate.output.tsv import COLUMNS, cell
from translate.output.view import loose_flags, runs, term_rows, where

SIGNATURE = "yitong:0.1.0|model:fake@1a2b3c|glossary:9f8e7d|beam:4"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>\"'`&amp;&lt;",
    '=HYPERLINK("http://example.org","x")',
    "@SUM(A1:A9)",
    "+1+1",
    "\t=1",
    "[bold red]not markup[/] \x1b[31mred\x1b[0m \x00 \x07",
    "a\ud800b \u202egnp.exe \ufffe \u2028 {{ 7*7 }} {% raw %}",
    "| a | b |\n# c\n---\n`d` *e* _f_ ~g~ $h$ ![i](j) 1. k",
    '"quoted, from the first sign on',
    "-->]]><!--<![CDATA[",
]


def make(kind, zh, en, marks=(), *, printed=None, edits=(), flags=(), origin="engine"):
    """A pair to be put into a document: marks are (source, English, kind, how)."""
    placements = []
    for source, english, what, how in marks:
        start = zh.index(source)
        at = -1 if how == "missing" else en.index(english)
        constraint = Constraint(start, start + len(source), source, english, kind=what)
        end = -1 if at < 0 else at + len(english)
        placements.append(Placement(constraint, at, end, how))
    segment = Segment(zh, 0, 0, 0, kind, printed if printed is not None else zh)
    return Pair(segment, en, tuple(placements), tuple(edits), tuple(flags), origin)


def bitext(paragraphs, name="report.txt", edits=(), flags=()):
    """A bitext of paragraphs of pairs; origins are those of text that was only cut."""
    printed, text, origins, kinds, placed = "", "", [], [], []
    for n, pairs in enumerate(paragraphs):
        if n:
            origins.append(len(printed))
            printed, text = printed + "\n", text + "\n"
        begin = len(text)
        for pair in pairs:
            s = pair.segment
            start = len(text)
            origins += [
                len(printed) + min(i, max(len(s.printed) - 1, 0)) for i in range(len(s.text))
            ]
            text, printed = text + s.text, printed + s.printed
            s = replace(s, start=start, end=len(text), paragraph=n)
            placed.append(replace(pair, segment=s))
        kinds.append(Paragraph(text[begin:], pairs[0].segment.kind, n + 1))
    document = Document(
        name, printed, text, (*origins, len(printed)), tuple(kinds),
        tuple(replace(p.segment, parts=()) for p in placed), tuple(edits), tuple(flags),
    )  # fmt: skip
    return Bitext(document, tuple(placed), SIGNATURE)


def report() -> Bitext:
    """An invented report with something of everything."""
    headline = make(
        "headline", "青溪县：干部下沉一线 服务直达车间",
        "Qingxi County: Cadres Go to the Front Line",
        [("青溪县", "Qingxi County", "place", "tagged"), ("干部", "Cadres", "term", "model")],
    )  # fmt: skip
    byline = make("byline", "本报通讯员 林晓岚", "By correspondent Lin Xiaolan",
                  [("林晓岚", "Lin Xiaolan", "name", "tagged")])  # fmt: skip
    first = make(
        "body", "2024年，青溪县实施重点项目64个，完成投资34.69亿元。",
        "In 2024, Qingxi County carried out 64 key projects, with 3.469 billion yuan invested.",
        [("2024年", "2024", "date", "tagged"), ("青溪县", "Qingxi County", "place", "tagged"),
         ("重点项目", "key projects", "term", "redecoded"),
         ("34.69亿元", "3.469 billion yuan", "number", "substituted")],
        printed="2024年,青溪縣實(shí)施重點項(xiàng)目64個,完成投資34.69億元。",
        edits=[Edit("substitute", "34.69 million", "3.469 billion yuan", 70)],
    )  # fmt: skip
    second = make(
        "body", "“四下基层”让群众少跑腿。", "People run fewer errands.",
        [("四下基层", "four services at the grassroots level", "term", "missing")],
        flags=[Flag("missing-term", "四下基层 should come out", 1, 5, ("four services", "x"))],
    )  # fmt: skip
    third = make("body", "群众笑称：“比快递还准时！”", '"More punctual than a courier!"',
                 origin="memory")  # fmt: skip
    groups = [[headline], [byline], [first, second], [make("subhead", "抓作风 强实效", "Conduct")],
              [third]]  # fmt: skip
    made = bitext(groups, flags=[Flag("encoding", "the encoding was guessed", -1, -1)])
    at = made.document.printed.index("(shí)")
    edits = (
        Edit("reading", "(shí)", "", at),
        Edit("reading", "(xiàng)", "", made.document.printed.index("(xiàng)")),
        Edit("punctuation", ",", "，", made.document.printed.index(",")),
    )
    return replace(made, document=replace(made.document, edits=edits))


def hostile() -> Bitext:
    groups = []
    for text in HOSTILE:
        flag = Flag(text, text, 0, len(text), (text,))
        edit = Edit(text, text, text, 0)
        placed = [(text, text, "term", "model")]
        groups.append([make("body", text, text, placed, edits=[edit], flags=[flag])])
    made = bitext(groups, name='<b>&".txt', flags=[Flag("x", "<i>", -1, -1)])
    edits = [Edit(t, t, "<s>", made.document.printed.index(t)) for t in HOSTILE]
    return replace(made, document=replace(made.document, edits=tuple(edits)), signature="<u>|s")


def shown(made: Bitext, *, width=80, terminal=False, explain=False, **options) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, **options)
    print_terminal(made, console, explain=explain)
    return out.getvalue()


# --- all formats ------------------------------------------------------------------------------


def as_text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode("utf-8", "ignore")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", [report(), hostile(), bitext([[make("body", "好。", "")]])])
def test_every_format_writes_what_render_returns(name, made, tmp_path):
    path = tmp_path / f"x{FORMATS[name].suffixes[0]}"
    write(made, path)
    content = render(made, name)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    assert path.read_bytes().removeprefix(b"\xef\xbb\xbf") == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["html", "tsv", "jsonl", "md"])
def test_every_format_has_all_text_and_the_signature(name):
    made = report()
    content = as_text(render(made, name)).replace("\\", "").replace('""', '"')
    if name == "html":
        content = text_of(content)
    if name == "jsonl":
        content = content + "".join(json.loads(line)["target"] for line in
                                    render(made, name).splitlines()[1:])  # fmt: skip
    for pair in made.pairs:
        assert pair.segment.text in content
        assert pair.target in content
    assert SIGNATURE in content


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_bitext_can_be_written(name):
    empty = Bitext(Document("x", "", "", (0,), ()), (), SIGNATURE)
    assert render(empty, name)


# --- choosing a format ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "explicit", "name"),
    [
        ("a.html", None, "html"), ("a.HTM", None, "html"), ("a.b.tsv", None, "tsv"),
        ("a.txt", "md", "md"), (None, "JSONL", "jsonl"), (None, ".md", "md"), (None, None, "html"),
    ],
)  # fmt: skip
def test_format_of(path, explicit, name):
    assert format_of(path, explicit) == name
    assert format_of(Path(path) if path else None, explicit) == name


@pytest.mark.parametrize(
    ("path", "explicit", "says"),
    [("a.pdf", None, ".html"), ("a", None, "no suffix"), ("a.html", "pdf", "html, tsv"),
     (None, "", "html, tsv")],
)  # fmt: skip
def test_an_unknown_format_names_the_known_ones(path, explicit, says):
    with pytest.raises(OutputError, match=re.escape(says)):
        format_of(path, explicit)


# --- writing ----------------------------------------------------------------------------------


def test_writing_keeps_the_mode_and_follows_links(tmp_path):
    path, link = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write(report(), link)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8").startswith("# Qingxi County")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path):
    usual = tmp_path / "usual"
    usual.write_text("")
    write(report(), tmp_path / "a.md")
    assert (tmp_path / "a.md").stat().st_mode == usual.stat().st_mode


def test_a_name_as_long_as_the_file_system_allows(tmp_path):
    path = tmp_path / ("a" * 252 + ".md")
    write(report(), path)
    assert path.stat().st_size


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_fails_half_way_leaves_the_old_file_alone(tmp_path, monkeypatch, error):
    path = tmp_path / "a.md"
    path.write_text("old")

    def fail(*_):
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        write(report(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "is a folder"), ("no/a.md", "no folder"), ("a" * 300 + ".md", "can't be written"),
     ("a\x00.md", "can't be written"), ("file/a.md", "no folder")],
)  # fmt: skip
def test_where_nothing_can_be_written(tmp_path, name, says):
    (tmp_path / "file").write_text("")
    path = f"{tmp_path}/{name}"
    for attempt in (lambda: check_writable(path), lambda: write(report(), path, "md")):
        with pytest.raises(OutputError, match=says):
            attempt()
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_protected_folder_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="can't be written to"):
        check_writable(tmp_path / "a.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(report(), pipe)
    assert os.read(reader, 100).startswith(b"# Qingxi County")
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# --- runs -------------------------------------------------------------------------------------


@given(
    st.text("ab", max_size=12),
    st.lists(st.tuples(st.integers(-2, 14), st.integers(-2, 14), st.integers(0, 9)), max_size=6),
)
def test_runs_cover_the_text_and_each_mark_its_span(text, spans):
    found = runs(text, [(s, e, (n, m)) for n, (s, e, m) in enumerate(spans)])
    assert "".join(run.text for run in found) == text
    for n, (start, end, mark) in enumerate(spans):
        own = [run for run in found if (n, mark) in run.marks]
        usable = 0 <= start <= end and start <= len(text)
        assert "".join(run.text for run in own) == (text[start:end] if usable else "")
        assert sum((n, mark) in run.first for run in found) == (1 if usable else 0)


@pytest.mark.parametrize(
    ("printed", "start", "before", "found"),
    [
        ("現(xiàn)場", 0, "現場", [(0, 1), (7, 8)]),
        ("節(jié)剛過", 0, "節剛過", [(0, 1), (6, 8)]),
        ("干,現場", 1, ",", [(1, 2)]),
        ("干,現場", 1, "", [(1, 1)]),
        ("a?b", 0, "a，b", [(0, 1), (2, 3)]),
        ("a", 0, "xyz", []),
    ],
)  # fmt: skip
def test_where_an_edit_was_made(printed, start, before, found):
    assert where(Edit("rule", before, "x", start), printed) == found


@pytest.mark.parametrize("name", ["/home/x/a.txt", r"C:\\docs\\a.txt", "a.txt", "in/a.txt"])
def test_folders_do_not_get_into_the_page(name):
    made = bitext([[make("body", "好。", "Good.")]], name=name)
    assert "<title>a.txt</title>" in render(made, "html")
    for form in ("html", "md", "xliff", "tmx"):
        assert name not in as_text(render(made, form)) or name == "a.txt"


# --- TSV --------------------------------------------------------------------------------------


def test_tsv_is_a_table_that_a_spreadsheet_reads(tmp_path):
    path = tmp_path / "a.tsv"
    write(report(), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfn\tkind\t")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, dialect="excel-tab")
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    row = dict(zip(header, rows[2], strict=True))
    assert row["source as printed"].startswith("2024年,青溪縣實(shí)")
    assert "34.69亿元 → 3.469 billion yuan [substituted]" in row["terms"]
    assert {r[-1] for r in rows} == {SIGNATURE}
    assert rows[3][5] == "missing-term: 四下基层 should come out (four services / x)"


@given(st.text() | st.sampled_from(HOSTILE))
def test_no_cell_is_a_formula_or_breaks_its_row(text):
    made = cell(text)
    assert not re.match(r"[=+\-@\t\r＝＋－＠]", made.lstrip())
    assert not re.search("[\t\r\n\x00-\x08]", made)
    row = io.StringIO()
    csv.writer(row, dialect="excel-tab", lineterminator="\n").writerow([made, "x"])
    assert next(csv.reader(io.StringIO(row.getvalue()), dialect="excel-tab")) == [made, "x"]


# --- Markdown ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", r"\# a"), ("1. a", r"1\. a"), ("- a", r"\- a"), ("a | b", r"a \| b"),
        ("<b>", r"\<b\>"), ("a\nb", "a b"), ("2024年", "2024年"), ("A*b_c", r"A\*b\_c"),
        ("34.69", r"34\.69"), ("---", r"\---"), ("1) x", r"1\) x"),
    ],
)  # fmt: skip
def test_markdown_escapes(text, escaped):
    assert escape(text) == escaped


def test_markdown_shows_both_languages_flags_and_terms():
    lines = render(report(), "md").splitlines()
    assert lines[0] == "# Qingxi County: Cadres Go to the Front Line"
    assert "**抓作风 强实效**\\" in lines[lines.index("**Conduct**") - 1]
    assert any(line.startswith("- **Flag** missing-term: 四下基层") for line in lines)
    assert "| 青溪县 | Qingxi County | place | 2 | tagged | 1, 3 |" in lines


# --- JSONL ------------------------------------------------------------------------------------

# Surrogates are tried by hand: two that follow each other are one character to JSON.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ints = st.integers(-1, 30)
kinds = st.sampled_from(["headline", "subhead", "byline", "body"])
edit_lists = st.lists(st.builds(Edit, texts, texts, texts, ints), max_size=2).map(tuple)
flag_lists = st.lists(
    st.builds(Flag, texts, texts, ints, ints, st.lists(texts, max_size=2).map(tuple)), max_size=2
).map(tuple)
segments = st.builds(
    Segment, texts, ints, ints, ints, kinds, texts,
    st.lists(st.tuples(ints, ints), max_size=2).map(tuple),
)  # fmt: skip
constraints = st.builds(
    Constraint, ints, ints, texts, texts, st.lists(texts, max_size=2).map(tuple),
    st.sampled_from(["term", "number", "date", "name", "place", "keep"]), st.none() | texts,
    st.lists(texts, max_size=2).map(tuple), st.booleans(),
)  # fmt: skip
placements = st.builds(
    Placement, constraints, ints, ints,
    st.sampled_from(["model", "tagged", "redecoded", "substituted", "missing"]),
)  # fmt: skip
pairs = st.builds(
    Pair, segments, texts, st.lists(placements, max_size=2).map(tuple), edit_lists, flag_lists,
    st.sampled_from(["engine", "memory", "human"]),
)  # fmt: skip


@st.composite
def bitexts(draw):
    text = draw(texts)
    origins = sorted(draw(st.lists(ints, min_size=len(text) + 1, max_size=len(text) + 1)))
    made = draw(st.lists(pairs, max_size=3).map(tuple))
    usual = tuple(replace(p.segment, parts=()) for p in made)
    document = Document(
        draw(texts), draw(texts), text, tuple(origins),
        tuple(draw(st.lists(st.builds(Paragraph, texts, kinds, ints), max_size=2))),
        draw(st.just(usual) | st.lists(segments, max_size=2).map(tuple)),
        draw(edit_lists), draw(flag_lists),
    )  # fmt: skip
    return Bitext(document, made, draw(texts))


@settings(max_examples=60, deadline=None)
@given(made=bitexts())
def test_jsonl_there_and_back(made, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "a.jsonl"
    write(made, path)
    assert read_jsonl(path) == made
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(made.pairs)


@pytest.mark.parametrize("made", [report(), hostile()])
def test_jsonl_of_reports_there_and_back(made, tmp_path):
    write(made, tmp_path / "a.jsonl")
    assert read_jsonl(tmp_path / "a.jsonl") == made


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: "", "line 1: is not a bitext"),
        (lambda t: "[]", "line 1: is not a JSON object"),
        (lambda t: t[: len(t) // 2], "is not JSON"),
        (lambda t: t[: t.rindex("\n", 0, -1) + 1], "is cut off"),
        (lambda t: t.replace('"how":"tagged"', '"how":"guessed"'), "line 2: .*guessed"),
        (lambda t: t.replace('"target":"Conduct"', '"target":3'), "line 6: .*target is 3"),
        (lambda t: t.replace(',"target":"Conduct"', ""), "line 6: .*target"),
        (lambda t: t.replace('"version":1', '"version":9'), "version 9"),
        (lambda t: t.replace('"origins":[[0,0]', '"origins":[[1,0]'), "line 1: .*origins"),
        (lambda t: t.replace('"name":"report.txt",', ""), "line 1: .*name"),
    ],
)
def test_a_broken_jsonl_is_refused_with_its_line(tmp_path, change, says):
    path = tmp_path / "a.jsonl"
    before = render(report(), "jsonl")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_jsonl(path)


def test_a_jsonl_that_is_not_text_or_not_there(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"{\xff}")
    with pytest.raises(InputError, match="not UTF-8"):
        read_jsonl(tmp_path / "a.jsonl")
    with pytest.raises(InputError, match="can't be read"):
        read_jsonl(tmp_path / "b.jsonl")


# --- the term table ---------------------------------------------------------------------------


def test_term_rows_count_and_sort():
    rows = term_rows(report())
    assert [(r.source, r.count, r.missing) for r in rows] == [
        ("干部", 1, 0), ("重点项目", 1, 0), ("四下基层", 1, 1), ("林晓岚", 1, 0),
        ("青溪县", 2, 0), ("34.69亿元", 1, 0), ("2024年", 1, 0),
    ]  # fmt: skip
    assert rows[4].places == ((0, 0), (2, 1))


def test_only_flags_outside_all_segments_stand_at_the_head():
    made = report()
    inside = Flag("damage", "x", 20, 21)
    document = replace(made.document, flags=(*made.document.flags, inside))
    assert loose_flags(replace(made, document=document)) == list(made.document.flags)


# --- the page ---------------------------------------------------------------------------------

VOID = {"meta", "input", "link", "br", "img", "hr"}


class Tree(HTMLParser):
    """Elements with attributes and own text; fails on tags that don't nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not self.open or self.open[-1][0] not in ("script", "style"):
            self.text.append(data)


def tree(page: str) -> Tree:
    parser = Tree()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser


def text_of(page: str) -> str:
    return "".join(tree(page).text)


@pytest.mark.parametrize("made", [report(), hostile()])
def test_the_page_is_well_formed_and_its_links_lead_somewhere(made):
    parsed = tree(render(made, "html"))
    ids = [a["id"] for _, a in parsed.elements if "id" in a]
    assert len(set(ids)) == len(ids)
    links = [a["href"] for tag, a in parsed.elements if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    depth = []
    for tag, _ in parsed.elements:
        depth.append(tag)
    assert depth.count("h1") == 1


def test_the_page_fetches_nothing_and_says_so():
    page = render(report(), "html")
    assert not re.search(r"(?:src|srcset|action)=|url\(|@import|https?://", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")


def test_the_policy_names_the_scripts_own_hash():
    import base64
    import hashlib

    page = render(hostile(), "html")
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        found = re.findall(f"<{element}>(.*?)</{element}>", page, re.S)
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in page


def test_hostile_text_stays_text():
    made = hostile()
    page = render(made, "html")
    parsed = tree(page)
    assert [tag for tag, _ in parsed.elements].count("script") == 1
    assert not [tag for tag, _ in parsed.elements if tag in ("img", "b0", "i0", "u")]
    assert not [n for _, a in parsed.elements for n in a if n.startswith("on")]
    text = "".join(parsed.text)
    for line in HOSTILE[:6]:
        assert text.count(line) >= 4
    assert "{{ 7*7 }}" in text
    assert not re.search("[\x00\x07\x1b\u202e\ufffe\ud800]", page)


def test_marks_are_linked_both_ways():
    parsed = tree(render(report(), "html"))
    marks = {a["id"]: a for _, a in parsed.elements if "data-c" in a}
    assert marks["s3-3"]["href"] == "#t3-3"
    assert marks["t3-3"]["href"] == "#s3-3"
    assert marks["s3-3"]["data-c"] == marks["t3-3"]["data-c"]
    assert marks["s3-3"]["class"] == "m number"
    assert marks["s4-0"]["class"] == "m term missing flag"
    assert "t4-0" not in marks


def test_overlapping_marks_both_have_a_target():
    pair = make("body", "省委书记", "secretary of the provincial Party committee",
                [("省委书记", "secretary of the provincial Party committee", "term", "model"),
                 ("省委", "provincial Party committee", "term", "model")])  # fmt: skip
    parsed = tree(render(bitext([[pair]]), "html"))
    ids = {a["id"] for _, a in parsed.elements if "id" in a}
    assert {"s1-0", "s1-1", "t1-0", "t1-1"} <= ids


def test_the_page_says_what_cleaning_changed():
    page = render(report(), "html")
    assert '<del title="reading: (shí) → ∅">(shí)</del>' in page
    assert 'lang="zh-Hant"' in page
    assert re.search(r"<i>punctuation</i>\s*<span>, → <ins>，</ins></span>", page)


def test_rows_carry_what_the_filters_go_by():
    parsed = tree(render(report(), "html"))
    rows = [a["class"] for tag, a in parsed.elements if tag == "article"]
    assert rows == [
        "pair headline opens", "pair byline opens", "pair body opens edited",
        "pair body flagged", "pair subhead opens", "pair body opens",
    ]  # fmt: skip


def test_many_occurrences_are_folded():
    pairs = [
        make("body", "干部下沉。", "Cadres go down.", [("干部", "Cadres", "term", "model")])
    ] * 30
    page = render(bitext([[p] for p in pairs]), "html")
    assert "<summary>18 more</summary>" in page


# --- for translation tools and Word -----------------------------------------------------------

STANDARDS = Path(__file__).parents[2] / "shared" / "standards"
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
crossing = make(
    "body", "县委书记和县委", "county Party committee secretary",
    [("县委书记", "county Party committee secretary", "term", "model"),
     ("县委", "committee secretary", "term", "model")],
)  # fmt: skip
crossing = replace(
    crossing,
    placements=(
        Placement(Constraint(0, 4, "县委书记", "x"), 0, 22, "model"),
        Placement(Constraint(5, 7, "县委", "y"), 13, 32, "tagged"),
        Placement(Constraint(0, 2, "县委", "z"), 0, 6, "tagged"),
    ),
)


def content(element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("made", [report(), hostile(), bitext([[crossing]])])
def test_xliff_keeps_the_text_and_the_rules_of_the_standard(made):
    from lxml import etree

    root = etree.fromstring(render(made, "xliff"))
    segments = root.findall(f".//{XLIFF}segment")
    for segment, pair in zip(segments, made.pairs, strict=True):
        source, target = segment.find(f"{XLIFF}source"), segment.find(f"{XLIFF}target")
        assert len(content(source)) == len(pair.segment.text)
        assert len(content(target)) == len(pair.target)
        ids = [m.get("id") for m in source.iter(f"{XLIFF}mrk")]
        assert {m.get("id") for m in target.iter(f"{XLIFF}mrk")} <= set(ids)
    for unit in root.iter(f"{XLIFF}unit"):
        ids = [e.get("id") for e in unit.iter(f"{XLIFF}segment")]
        ids += [m.get("id") for s in unit.iter(f"{XLIFF}source") for m in s.iter(f"{XLIFF}mrk")]
        assert len(ids) == len(set(ids))


def test_xliff_marks_say_the_same_words_on_both_sides():
    from lxml import etree

    root = etree.fromstring(render(report(), "xliff"))
    marks = root.findall(f".//{XLIFF}mrk[@id='m3-3']")
    assert [content(m) for m in marks] == ["34.69亿元", "3.469 billion yuan"]
    assert marks[0].get("type") == "yitong:number"
    assert marks[0].get("value") == "3.469 billion yuan"
    assert root.find(f".//{XLIFF}segment[@id='s4']").get("state") == "initial"
    notes = [n.text for n in root.iter(f"{XLIFF}note")]
    assert "s4 missing-term: 四下基层 should come out (four services / x)" in notes
    assert SIGNATURE in notes


def test_xliff_marks_nest_and_never_cross():
    from lxml import etree

    root = etree.fromstring(render(bitext([[crossing]]), "xliff"))
    source, target = root.find(f".//{XLIFF}source"), root.find(f".//{XLIFF}target")
    assert [(m.get("id"), content(m)) for m in source.iter(f"{XLIFF}mrk")] == [
        ("m1-0", "县委书记"), ("m1-2", "县委"), ("m1-1", "县委"),
    ]  # fmt: skip
    assert [(m.get("id"), content(m)) for m in target.iter(f"{XLIFF}mrk")] == [
        ("m1-0", "county Party committee"), ("m1-2", "county"),
    ]  # fmt: skip


@pytest.mark.skipif(not STANDARDS.is_dir(), reason="the schemas are not here")
@pytest.mark.parametrize(
    "made", [report(), hostile(), bitext([[crossing]]), bitext([[make("body", "好。", "")]])]
)
def test_xliff_and_tmx_are_valid(made):
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(STANDARDS / "xliff" / "xliff_core_2.0.xsd"))
    schema.assertValid(etree.fromstring(render(made, "xliff")))
    dtd = etree.DTD(str(STANDARDS / "tmx" / "tmx14.dtd"))
    assert dtd.validate(etree.fromstring(render(made, "tmx"))), dtd.error_log


def test_tmx_has_the_pairs_that_have_english():
    from lxml import etree

    made = report()
    made = replace(made, pairs=(*made.pairs, replace(made.pairs[-1], target=" ")))
    root = etree.fromstring(render(made, "tmx"))
    found = [tuple(seg.text for seg in tu.iter("seg")) for tu in root.iter("tu")]
    assert found == [(p.segment.text, p.target) for p in made.pairs[:-1]]
    assert root.find("header/prop[@type='x-signature']").text == SIGNATURE


@pytest.mark.parametrize("made", [report(), hostile()])
def test_word_has_both_languages_flags_and_signature(made):
    import docx

    document = docx.Document(io.BytesIO(render(made, "docx")))
    pairs, terms = document.tables
    assert len(pairs.rows) == 1 + len(made.pairs)
    assert len(terms.rows) == 1 + len(term_rows(made))
    assert document.sections[0].footer.paragraphs[0].text == made.signature
    _, chinese, english = pairs.rows[4].cells
    flag = made.pairs[3].flags[0]
    assert len(chinese.paragraphs[0].text) == len(made.pairs[3].segment.text)
    assert english.paragraphs[1].text.startswith(f"⚑ {flag.code}: ")


def test_word_shades_terms():
    page = render(bitext([[make("body", "干部好。", "Cadres do.",
                                [("干部", "Cadres", "term", "model")])]]), "docx")  # fmt: skip
    import zipfile

    xml = zipfile.ZipFile(io.BytesIO(page)).read("word/document.xml").decode()
    for text in ("干部", "Cadres"):
        assert re.search(rf'<w:shd [^>]*w:fill="DCEBF6"/></w:rPr><w:t>{text}</w:t>', xml)


def channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    digits = color if len(color) == 6 else "".join(c * 2 for c in color)
    red, green, blue = (channel(int(digits[i : i + 2], 16)) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colors_have_the_contrast_that_wcag_asks_for():
    sheet = (Path(html.__file__).parent / "page.css").read_text(encoding="utf-8")
    schemes = re.findall(r"--paper: #[^}]*?--keep-line: #\w+;", sheet)
    assert len(schemes) == 3
    for scheme in schemes:
        color = {k: luminance(v) for k, v in re.findall(r"--([\w-]+): #(\w+);", scheme)}
        tints = ["term", "name", "place", "number", "date", "keep"]
        pairs = [("ink", t) for t in (*tints, "paper", "panel", "bad-tint", "on")]
        pairs += [("quiet", t) for t in (*tints, "paper", "panel")]
        pairs += [("bad", "paper"), ("bad", "bad-tint"), ("link", "paper")]
        for ink, ground in pairs:
            light, dark = sorted((color[ink], color[ground]), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground, scheme[:18])


# --- the terminal -----------------------------------------------------------------------------


def test_a_pipe_gets_plain_unwrapped_lines():
    out = shown(report(), width=40)
    assert "\x1b" not in out
    assert "3  2024年，青溪县实施重点项目64个，完成投资34.69亿元。\n" in out
    assert f"  {report().pairs[2].target}\n" in out
    assert "! missing-term: 四下基层 should come out (four services / x)" in out
    assert out.rstrip().endswith(SIGNATURE)


def test_a_wide_terminal_has_two_columns_and_colors():
    out = shown(report(), width=140, terminal=True)
    assert "\x1b[" in out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert re.search(r"抓作风 强实效 +Conduct", plain)


@given(st.text("县委，。”abc 1.5%", max_size=60), st.integers(12, 30))
def test_folding_keeps_the_text_and_the_width(text, width):
    lines = fold(Text(text), width).plain.split("\n")
    assert "".join(lines) == text
    for line in lines:
        fits = cell_len(line) <= width
        assert fits or re.fullmatch(r"(?:[A-Za-z0-9.%]+|.)[，。”]*", line)
    assert not [line for line in lines[1:] if line[0] in "，。”"]


def test_a_long_source_is_shown_whole_on_a_terminal():
    zh = "全县干部下沉一线，" * 20
    made = bitext([[make("body", zh, "Cadres across the county go to the front line. " * 9)]])
    for width in (40, 80, 120):
        out = shown(made, width=width, terminal=True, color_system=None)
        assert "…" not in out
        assert sum(out.count(c) for c in "全县，") == 60
        assert max(map(cell_len, out.splitlines())) <= width


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    out = shown(report(), width=140, terminal=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", out)


def test_explain_lists_changes_and_terms():
    out = shown(report(), explain=True)
    assert "reading: (shí) → ∅, (xiàng) → ∅" in out
    assert "substitute: 34.69 million → 3.469 billion yuan" in out
    assert "四下基层 → four services at the grassroots level (missing 1)" in out
    assert "reading: (shí)" not in shown(report())


@pytest.mark.parametrize("terminal", [True, False])
def test_hostile_text_does_not_reach_the_terminal(terminal):
    out = shown(hostile(), terminal=terminal, color_system=None, explain=True)
    assert "[bold red]not markup[/]" in out.replace("\n", "")
    assert not re.search("[\x00\x07\x1b\u202e]", out)
