"""What the command line does, from Python."""

from pathlib import Path

from glossary import Entry, Form, Glossary
from glossary.formats import Collector, read
from glossary.pairs import Sentence
from glossary.search import search
from glossary.transfer import Import


def test_a_glossary_kept_and_used_from_python(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    entry = Entry("grid-chief", (Form("网格长"),), (Form("grid chief"),))
    with Glossary.open(path) as store:
        store.save([entry], author="Lin Qiao", reason="county bulletin")
        assert [c.reason for c in store.history("grid-chief")] == ["county bulletin"]
        assert search(store, "網格")[0].entry.zh[0].text.startswith("网格")
    glossary = Glossary.load(builtin=False, files=[path])
    assert [m.entry.preferred for m in glossary.find("网格长来了")] == ["grid chief"]

    glossary.write(tmp_path / "terms.tbx")
    with Glossary.open(tmp_path / "other.db") as store:
        sink = Collector()
        plan = Import(store)
        plan.take(read(tmp_path / "terms.tbx"), "terms.tbx", sink)
        assert plan.write(author="Wu", reason="from the county").revision == 1
        assert store.get("grid-chief").entry.author == "Lin Qiao"


def test_checks_mining_and_impact_from_python() -> None:
    old = Glossary([Entry("a", (Form("县委"),), (Form("committee"),))])
    new = Glossary([Entry("a", (Form("县委"),), (Form("county committee"), Form("x")))])
    assert old.check(level="error") == []
    assert [f.code for f in new.check(level="error")] == ["two-preferred"]
    found = old.extract({"report": "推行“田间夜话”，县委开会。"})
    assert found[0].text == "田间夜话"
    sentence = Sentence("r", 1, "县委开会。", "The committee met.")
    (hit,) = old.impact(new, [sentence])
    assert hit.effects[0].after == "county committee"


def test_your_own_store_is_where_the_environment_says(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("YITONG_GLOSSARY", str(tmp_path / "mine.db"))
    with Glossary.open() as store:
        assert store.path == tmp_path / "mine.db"
