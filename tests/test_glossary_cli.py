"""``yitong glossary``: every command documented, every example run; what people and scripts see."""

import json
import os
import shlex
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from glossary import Entry, Form, GlossaryError, collection
from glossary.formats import read, write
from models.fake import FakeEngine
from translate.cli import yitong
from translate.cli.glossary import glossary

BUILTIN = [
    Entry("visits", (Form("四下基层"),), (Form("Four Visits"),), subject="party-building"),
    Entry("county", (Form("县委"),), (Form("county Party committee"),), subject="institutions"),
]
NAMES = glossary.list_commands(click.Context(glossary))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, a small built-in glossary, a store and an author of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(collection, "builtin_entries", lambda: list(BUILTIN))
    monkeypatch.setenv("YITONG_GLOSSARY", str(tmp_path / "mine.db"))
    monkeypatch.setenv("YITONG_AUTHOR", "Lin Qiao")
    monkeypatch.setattr("models.load.load", lambda *_, **__: FakeEngine({"开会": "met"}))
    return tmp_path


def run(line: str, status: int = 0, typed: str = "") -> Result:
    """Run a command line as a shell would; a foreseen error is exit status 2."""
    words = shlex.split(line)
    assert words.pop(0) == "yitong"
    result = CliRunner().invoke(yitong, words, input=typed)
    if isinstance(result.exception, GlossaryError):
        assert status == 2, result.exception
        return result
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def examples(name: str) -> list[str]:
    command = glossary.get_command(click.Context(glossary), name)
    assert command is not None
    lines = (command.help or "").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("yitong ")]


def prepare(place: Path) -> None:
    """What the examples need: files of every kind, entries, proposals and some history."""
    new = [Entry("网格员", (Form("网格员"),), (Form("grid worker"),))]
    for name in ("terms.csv", "terms.tbx", "new-terms.csv"):
        write(new, place / name)
    write(new, place / "terms.xlsx")
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Source term", "Target term"])
    book.active.append(["河长", "river chief"])
    book.save(place / "list.xlsx")
    (place / "report.txt").write_text("县委开会。推行“田间夜话”，办好“田间夜话”。\n", "utf-8")
    (place / "memory.tsv").write_text("县委开会。\tThe committee met.\n", "utf-8")
    run("yitong translate report.txt -o report.jsonl -q")
    write([Entry("lane-chief-2", (Form("里弄长"),), (Form("lane chief"),))], place / "x.csv")
    run("yitong glossary import x.csv")
    write(new, place / "x.csv")
    run("yitong glossary import x.csv")
    run("yitong glossary add 巷长 'lane head' --id lane-chief -r x")


EDITOR = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
path.write_text(path.read_text("utf-8").replace("note:", "note: edited"), "utf-8")
"""


# What the examples say of a store that is older than the one they are tried in.
INSTEAD = {
    "--since 12": "--since 1",
    "@2026-01-01": "@2999-01-01",
    "--at 2026-03-31": "--at 2999-01-01",
    "revert 巷长 --to 2026-03-31": "revert 网格员 --to 2",
    "revert 巷长": "revert lane-chief",
    "--revision 3": "--revision 1",
    "add 巷长": "add 大巷长",
}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_documented_and_its_examples_run(
    name: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(place)
    (place / "editor.py").write_text(EDITOR, "utf-8")
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "editor.py"]))
    if name in ("approve", "reject"):
        propose(place)
    if name == "revert":
        run("yitong glossary archive lane-chief")
    found = examples(name)
    assert found
    for line in found:
        for theirs, ours in INSTEAD.items():
            line = line.replace(theirs, ours) if ours not in line else line
        nothing_found = name == "search" and "forbidden" in line
        run(line, status=1 if nothing_found else 0)


def propose(place: Path) -> None:
    head = json.loads(run("yitong glossary show lane-chief --json").output)
    entry = Entry("lane-chief", (Form("巷长"),), (Form("lane chief"),), review="proposed",
                  note=f"after {head['head']}")  # fmt: skip
    write([entry], place / "p.jsonl")
    run("yitong glossary import p.jsonl --on-conflict replace")


def test_help_lists_all_commands() -> None:
    output = run("yitong glossary --help").output
    wanted = "add edit show search list approve reject archive remove history revert stats check "
    wanted += "import export diff merge extract impact doctor"
    for name in wanted.split():
        assert f"  {name} " in output
    for line in [e for e in (glossary.help or "").splitlines() if "yitong" in e]:
        assert shlex.split(line)[2] in NAMES


def test_looking_up() -> None:
    assert "Four Visits" in run("yitong glossary search 四下基層").output
    assert "built-in" in run("yitong glossary show 四下基层").output
    assert run("yitong glossary search nothing", status=1).output.startswith("Nothing is called")
    data = json.loads(run("yitong glossary search sixia --json").output)
    assert [(d["id"], d["builtin"]) for d in data] == [("visits", True)]
    listed = json.loads(run("yitong glossary list --subject institutions --json").output)
    assert [d["id"] for d in listed] == ["county"]
    assert "2 entries, 0 of them your own" in run("yitong glossary stats").output
    assert json.loads(run("yitong glossary stats --json").output)["entries"] == 2
    run("yitong glossary show 没有", status=2)
    run("yitong --no-builtin", status=2)
    assert "0 entries" in run("yitong glossary --no-builtin stats").output


def test_a_life_of_an_entry() -> None:
    run("yitong glossary add 网格长 'grid head' --also 'grid leader' --not boss --propose -r a")
    assert "proposed" in run("yitong glossary show 网格长").output
    assert json.loads(run("yitong glossary list --review proposed --json").output)
    run("yitong glossary approve grid-head -r b")
    run("yitong glossary archive grid-head -r c")
    run("yitong glossary revert grid-head -r d")
    run("yitong glossary remove grid-head -r e")
    run("yitong glossary show grid-head", status=2)
    assert "grid head" in run("yitong glossary show grid-head --at 2").output
    found = json.loads(run("yitong glossary history grid-head --json").output)
    assert [c["action"] for c in found] == ["propose", "approve", "archive", "revert", "remove"]
    assert [c["reason"] for c in found] == list("abcde")
    assert {c["author"] for c in found} == {"Lin Qiao"}


def test_adding_what_is_there_is_refused() -> None:
    run("yitong glossary add 县委 'county committee' -r x", status=2)
    run("yitong glossary add 县委 'county committee' --id other-sense -r x")
    run("yitong glossary add 河长 'river chief' --id other-sense -r x", status=2)


def test_a_broken_edit_is_offered_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "editor.py").write_text(
        "import sys; from pathlib import Path; p = Path(sys.argv[1]); t = p.read_text('utf-8');"
        "p.write_text(t.replace('colour: x\\n', '') if 'colour' in t else t + 'colour: x\\n',"
        " 'utf-8')",
        "utf-8",
    )
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "editor.py"]))
    output = run("yitong glossary edit county -r x", typed="y\n").output
    assert "“colour” is no field" in output
    assert output.endswith("nothing changed\n")
    run("yitong glossary edit county -r x", typed="n\n", status=1)


def test_import_reports_and_writes_all_or_nothing(place: Path) -> None:
    (place / "a.csv").write_text("zh,en\n县委,committee\n河长,river chief\n空,\n", "utf-8")
    output = run("yitong glossary import a.csv --dry-run", status=1).output
    assert "1 added, 0 changed, 0 unchanged, 1 conflicting, 1 refused" in output
    assert "a.csv, line 4" in output
    assert "conflict (open): line 2, county" in output
    assert "dry run" in output
    run("yitong glossary import a.csv --on-conflict both", status=1)
    assert json.loads(run("yitong glossary history --json").output) == []
    report = run("yitong glossary import a.csv --on-conflict both --skip-refused --json").output
    data = json.loads(report)
    assert (data["added"], data["conflicting"], data["refused"], data["revision"]) == (1, 1, 1, 1)
    assert data["refused_rows"][0]["line"] == 4
    shown = json.loads(run("yitong glossary show county --json").output)
    assert [f["text"] for f in shown["en"]] == ["county Party committee", "committee"]


def test_import_asks(place: Path) -> None:
    (place / "a.csv").write_text("县委,committee\n", "utf-8")
    run("yitong glossary import a.csv --on-conflict ask", typed="replace\n")
    assert json.loads(run("yitong glossary show county --json").output)["en"][0]["text"] == (
        "committee"
    )


def test_export_and_diff(place: Path) -> None:
    run("yitong glossary add 河长 'river chief' -r x")
    run("yitong glossary export all.tbx")
    assert [r.entry.id for r in read(place / "all.tbx")] == ["visits", "county", "river-chief"]
    run("yitong glossary export own.csv --own")
    assert [r.entry.id for r in read(place / "own.csv")] == ["river-chief"]
    assert "can't hold" in run("yitong glossary export d.csv -f deepl").output
    run("yitong glossary export old.jsonl --at 0")
    assert len(list(read(place / "old.jsonl"))) == 2
    found = json.loads(run("yitong glossary diff old.jsonl @now --json").output)
    assert [(d["id"], d["kind"]) for d in found] == [("river-chief", "added")]
    run("yitong glossary export terms.pdf", status=2)
    run("yitong glossary export no/such/folder/x.csv", status=2)


def test_check_gives_an_exit_status_for_ci(place: Path) -> None:
    assert run("yitong glossary check").exit_code == 0
    run("yitong glossary add 县委 '县 committee' --id bad -r x")
    output = run("yitong glossary check", status=1).output
    assert "error han-in-english bad" in output
    assert "error same-chinese" in output
    codes = {f["code"] for f in json.loads(run("yitong glossary check --json", status=1).output)}
    assert {"han-in-english", "same-chinese"} <= codes
    run("yitong glossary check --ignore han-in-english bad -r agreed")
    assert "han-in-english" not in run("yitong glossary check", status=1).output
    run("yitong glossary check --ignore same-chinese bad", status=2)
    (place / "a.csv").write_text("双减,double  reduction\n", "utf-8")
    assert "spaces" in run("yitong glossary check a.csv").output
    run("yitong glossary check a.csv --fail-on warning", status=1)
    assert "two-preferred" in run("yitong glossary check --rules").output


def test_check_mends_the_store(place: Path) -> None:
    (place / "a.csv").write_text("縣長,county head，so called\n", "utf-8")
    run("yitong glossary import a.csv")
    run("yitong glossary check --fix -r tidy")
    shown = json.loads(run("yitong glossary show 县长 --json").output)
    assert (shown["zh"][0]["text"], shown["en"][0]["text"]) == ("县长", "county head,so called")
    assert "mended" not in run("yitong glossary check --fix -r tidy").output


def test_extract_writes_a_list_to_fill_in(place: Path) -> None:
    (place / "r.txt").write_text("推行“田间夜话”，人人参加“田间夜话”。\n", "utf-8")
    data = json.loads(run("yitong glossary extract r.txt --json").output)
    assert data[0]["text"] == "田间夜话"
    run("yitong glossary extract r.txt -o c.csv")
    listed = (place / "c.csv").read_text("utf-8-sig").splitlines()
    assert listed[1].startswith("田间夜话,,,推行“田间夜话”")
    (place / "c.csv").write_text("\n".join(listed).replace("话,,", "话,field talk,", 1), "utf-8")
    run("yitong glossary import c.csv --skip-refused")
    assert "field talk" in run("yitong glossary show 田间夜话").output


def test_impact_lists_and_translates_again(place: Path) -> None:
    (place / "r.txt").write_text("县委开会。\n天气开会。\n", "utf-8")
    run("yitong translate r.txt -o r.jsonl -q")
    assert "county Party committee" in (place / "r.jsonl").read_text("utf-8")
    assert "0 segments" in run("yitong glossary impact r.jsonl").output
    (place / "a.csv").write_text("县委,CPC county committee\n", "utf-8")
    run("yitong glossary import a.csv --on-conflict replace")
    (hit,) = json.loads(run("yitong glossary impact r.jsonl --json").output)
    assert (hit["number"], hit["done"], hit["effects"][0]["after"]) == (
        1, False, "CPC county committee",
    )  # fmt: skip
    before = (place / "r.jsonl").read_text("utf-8").splitlines()
    run("yitong glossary impact r.jsonl --apply")
    after = (place / "r.jsonl").read_text("utf-8").splitlines()
    assert "CPC county committee" in json.loads(after[1])["target"]
    assert json.loads(after[2])["target"] == json.loads(before[2])["target"]
    (hit,) = json.loads(run("yitong glossary impact r.jsonl --json").output)
    assert hit["done"]


def test_doctor_finds_damage(place: Path) -> None:
    run("yitong glossary add 河长 'river chief' -r x")
    assert "search index: well" in run("yitong glossary doctor").output
    import sqlite3

    connection = sqlite3.connect(place / "mine.db")
    connection.execute("DELETE FROM form WHERE text = '河长'")
    connection.commit()
    connection.close()
    output = run("yitong glossary doctor", status=1).output
    assert "search index: has" in output
    assert "entries: entry river-chief" in output
    assert "search index: well" in run("yitong glossary doctor --repair").output
    assert "river chief" in run("yitong glossary search 河长").output


def test_reading_makes_no_file(place: Path) -> None:
    for line in ("search 县委", "list", "stats", "check", "show county", "doctor"):
        run(f"yitong glossary {line}")
    assert list(place.iterdir()) == []
    result = run("yitong glossary -s none.db stats", status=2)
    assert "No such file" in str(result.exception)


def test_an_unusable_store_is_one_clear_error(place: Path) -> None:
    (place / "bad.db").write_text("not a database at all" * 100, "utf-8")
    result = run("yitong glossary -s bad.db stats", status=2)
    assert "can't be opened as a glossary store" in str(result.exception)
    assert os.environ["YITONG_GLOSSARY"].endswith("mine.db")


def test_what_the_examples_add_is_not_in_the_builtin_glossary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    known = {form.text for entry in collection.builtin_entries() for form in entry.zh}
    added = [shlex.split(line)[3] for name in ("add",) for line in examples(name)]
    added += [
        shlex.split(line)[3] for line in (glossary.help or "").splitlines() if " add " in line
    ]
    assert added
    assert not known & set(added)
