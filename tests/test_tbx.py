"""TBX, TMX and workbooks: valid as written, and read as strangers write them."""

from dataclasses import replace
from pathlib import Path

import pytest
from glossary_samples import AWKWARD, ENTRIES, FULL, PATTERN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from glossary import FormatError
from glossary.codec import tidy
from glossary.formats import Collector, Options, read, write
from glossary.formats.tbx import decode_id, encode_id

STANDARDS = Path(__file__).parent.parent.parent / "shared" / "standards"
needs_standards = pytest.mark.skipif(not STANDARDS.exists(), reason="no ../shared/standards")
TBX = "{urn:iso:std:iso:30042:ed-2}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# The dialect's Schematron rules, as far as what we write can break them: allowed values of a
# category, and the levels at which it may stand.
VALUES = {
    "administrativeStatus": {"admittedTerm-admn-sts", "deprecatedTerm-admn-sts",
                             "supersededTerm-admn-sts", "preferredTerm-admn-sts"},
    "partOfSpeech": {"adjective", "noun", "other", "verb", "adverb"},
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    "transactionType": {"origination", "modification"},
}  # fmt: skip
LEVELS = {
    "subjectField": {"conceptEntry"},
    "definition": {"conceptEntry", "langSec"},
    "context": {"termSec"},
    "source": {"conceptEntry", "langSec", "termSec"},
    "administrativeStatus": {"termSec"},
    "partOfSpeech": {"termSec"},
    "termType": {"termSec"},
    "transactionType": {"conceptEntry", "langSec", "termSec"},
    "responsibility": {"conceptEntry", "langSec", "termSec"},
}


def dialect_problems(path: Path) -> list[str]:
    problems = []
    root = etree.parse(path).getroot()
    if (root.tag, root.get("type"), root.get("style")) != (f"{TBX}tbx", "TBX-Basic", "dca"):
        problems.append("root")
    for element in root.iter():
        if not str(element.tag).startswith(TBX):
            problems.append(f"foreign element {element.tag}")
        kind = element.get("type")
        if element is root or kind is None:
            continue
        level = element.getparent()
        while level.tag.endswith("Grp"):
            level = level.getparent()
        if level.tag.removeprefix(TBX) not in LEVELS.get(kind, ()):
            problems.append(f"{kind} in {level.tag}")
        if element.text not in VALUES.get(kind, {element.text}):
            problems.append(f"{kind} {element.text}")
    return problems


def grammar_problems(path: Path) -> list[str]:
    schema = etree.RelaxNG(etree.parse(STANDARDS / "tbx" / "TBXcoreStructV03.rng"))
    schema.validate(etree.parse(path))
    return [str(error) for error in schema.error_log]


@needs_standards
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda e: e.id))
def test_everything_written_is_valid_tbx_and_tmx(tmp_path: Path, entries: list) -> None:
    entries = [*entries, *(tidy(e) for e in (FULL, PATTERN, AWKWARD))]
    tbx, tmx = tmp_path / "terms.tbx", tmp_path / "terms.tmx"
    write(entries, tbx)
    assert grammar_problems(tbx) == []
    assert dialect_problems(tbx) == []
    write(entries, tmx)
    with (STANDARDS / "tmx" / "tmx14.dtd").open("rb") as file:
        grammar = etree.DTD(file)
    assert grammar.validate(etree.parse(tmx)), grammar.error_log


@needs_standards
def test_an_odd_date_is_kept_and_the_file_stays_valid(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    entry = replace(FULL, modified="2024-02-30")
    write([entry], path)
    assert grammar_problems(path) == []
    assert [r.entry for r in read(path)] == [tidy(entry)]


@needs_standards
@pytest.mark.parametrize("name", ["basic_dca", "basic_dct", "core_dca", "min_dca"])
def test_published_samples_are_read(name: str) -> None:
    path = STANDARDS / "tbx" / f"astronomy_{name}.tbx"
    sink = Collector()
    records = list(read(path, options=Options(languages=("en", "es"), sink=sink)))
    concepts = etree.parse(path).getroot().iter(f"{TBX}conceptEntry")
    assert len(records) + len(sink.refused) == len(list(concepts))
    first = records[0].entry
    assert first.zh[0].text == "open cluster"
    assert first.en[0].text == "cúmulo abierto"
    assert [f.status for f in first.zh] == (
        ["preferred", "admitted"] if name == "core_dca" else ["preferred", "deprecated"]
    )
    if name.startswith("basic"):
        assert first.definition.startswith("A group of stars")
        assert "Oxford2007" in first.source
        assert first.zh[0].contexts[0].source == "http://seds.org/MESSIER/open.html"
        assert (first.author, first.modified) == ("Tommy", "2010-05-01")


@needs_standards
def test_the_two_styles_of_a_sample_give_the_same_entries() -> None:
    options = Options(languages=("en", "es"), sink=Collector())
    dca, dct = (
        [r.entry for r in read(STANDARDS / "tbx" / f"astronomy_basic_{style}.tbx", options=options)]
        for style in ("dca", "dct")
    )
    # The DCT file lacks some notes that the DCA file has.
    assert [replace(e, note="") for e in dca] == [replace(e, note="") for e in dct]


@needs_standards
def test_entries_without_our_languages_are_refused_one_by_one() -> None:
    sink = Collector()
    path = STANDARDS / "tbx" / "astronomy_min_dca.tbx"
    assert list(read(path, options=Options(sink=sink))) == []
    assert all("has no term in “zh”" in e.reason and e.line for e in sink.refused)
    assert any("“es” were not read" in n for n in sink.notices)


MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="t1"><descrip type="subjectField">law</descrip>
 <langSet xml:lang="zh-CN"><ntig><termGrp><term>人民 法院</term>
  <termNote type="partOfSpeech">proper noun</termNote></termGrp></ntig></langSet>
 <langSet xml:lang="zh-TW"><tig><term>人民法院（繁）</term></tig></langSet>
 <langSet xml:lang="en-US"><tig><term>people's <hi>court</hi></term>
   <termNote type="administrativeStatus">preferredTerm</termNote>
   <termNote type="grammaticalNumber">singular</termNote></tig>
  <tig><term>law court</term>
   <termNote type="administrativeStatus">deprecatedTerm</termNote></tig></langSet>
 <langSet xml:lang="fr"><tig><term>tribunal</term></tig></langSet>
</termEntry></body></text></martif>"""


def test_version_2_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.tbx"
    path.write_text(MARTIF, "utf-8")
    sink = Collector()
    (record,) = read(path, options=Options(sink=sink))
    entry = record.entry
    assert record.line == 4
    assert (entry.id, entry.subject) == ("t1", "law")
    assert [(f.text, f.script, f.pos) for f in entry.zh] == [
        ("人民 法院", "", "properNoun"), ("人民法院（繁）", "Hant", ""),
    ]  # fmt: skip
    assert [(f.text, f.status) for f in entry.en] == [
        ("people's court", "preferred"), ("law court", "forbidden"),
    ]  # fmt: skip
    assert entry.en[0].usage == "grammaticalNumber: singular"
    assert sink.notices == ["1 terms in “fr” were not read: not a language of ours"]


LAUGHS = """<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<{root}><text><body><conceptEntry id="x">&b;</conceptEntry></body></text></{root}>"""
FILE_ENTITY = (
    """<!DOCTYPE {root} [<!ENTITY f SYSTEM "file:///etc/hostname">]><{root}>&f;</{root}>"""
)


@pytest.mark.parametrize("root", ["tbx", "tmx", "martif"])
@pytest.mark.parametrize("text", [LAUGHS, FILE_ENTITY])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(root: str, text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / ("x.tmx" if root == "tmx" else "x.tbx")
    declared = text.replace('<?xml version="1.0"?>', "")
    path.write_bytes(declared.format(root=root).encode(encoding))
    with pytest.raises(FormatError, match="declares entities"):
        list(read(path))


@pytest.mark.parametrize(
    ("text", "says"),
    [("<tbx><text>", "not well-formed"), ("<html/>", "begins with <html>"), ("", "well-formed")],
)
def test_other_files_are_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=says):
        list(read(path))


def test_repeated_ids_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    write([FULL, FULL], path)
    sink = Collector()
    assert len(list(read(path, options=Options(sink=sink)))) == 1
    assert "was there before" in sink.refused[0].reason


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_ids_survive_as_xml_ids(name: str) -> None:
    assert decode_id(encode_id(name)) == name


TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x"/><body>
<tu><tuv lang="ZH-CN"><seg>县<bpt i="1">&lt;b></bpt>委<ept i="1"/></seg></tuv>
 <tuv xml:lang="EN-GB"><note>British</note><seg>county <hi>committee</hi></seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="zh"><seg>双减</seg></tuv></tu>
<tu tuid="3"><tuv xml:lang="zh"><seg>双减</seg></tuv>
 <tuv xml:lang="en"><prop type="x-status">good</prop><seg>x</seg></tuv></tu>
</body></tmx>"""


def test_tmx_from_other_tools_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(TMX, "utf-8")
    sink = Collector()
    (record,) = read(path, options=Options(sink=sink))
    assert not record.named
    assert record.entry.zh[0].text == "县委"
    assert (record.entry.preferred, record.entry.en[0].usage) == ("county committee", "British")
    assert [(e.line, e.reason.split(":")[0]) for e in sink.refused] == [
        (5, "unit has no “en” variant"),
        (6, "entry 3"),
    ]


def test_workbook_is_ready_for_translators_and_read_with_merged_cells(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "terms.xlsx"
    write([FULL], path)
    book = openpyxl.load_workbook(path)
    sheet = book["Terms"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert any("preferred,admitted" in v.formula1 for v in sheet.data_validations.dataValidation)

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["中文", "英文", "领域"], ["县委", "county committee", "party"],
                ["", "committee", ""], [12345, 12.0, ""], ["双减", "#N/A", ""]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(path)
    sink = Collector()
    records = [r.entry for r in read(path, options=Options(sink=sink))]
    assert [(e.zh[0].text, [f.text for f in e.en], e.subject) for e in records] == [
        ("县委", ["county committee", "committee"], "party"), ("12345", ["12"], ""),
    ]  # fmt: skip
    assert [(e.line, e.column) for e in sink.refused] == [(5, 2)]


def test_no_workbook_and_no_such_sheet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.xlsx"
    path.write_text("zh,en", "utf-8")
    with pytest.raises(FormatError, match=r"no \.xlsx workbook"):
        list(read(path))
    write([FULL], path)
    with pytest.raises(FormatError, match="it has Terms, Guide"):
        list(read(path, options=Options(sheet="Blatt1")))
