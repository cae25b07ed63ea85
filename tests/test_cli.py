"""The command line run as a process: the main job, and every kind of bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REPORT = """抓作风 强实效

本报通讯员 周晓岚

2024年12月18日，清源县召开干部大会，筹集资金665万元。“干部办事比快递还准时！”居民王秀兰说。
推行“民生吹哨、部门报到”机制，解决问题22件。
"""


Run = subprocess.CompletedProcess[str]


def yitong(*arguments: str | Path, stdin: str = "", **variables: str) -> Run:
    return subprocess.run(
        [sys.executable, "-m", "translate", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables},
        timeout=120,
        check=False,
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def refused(run: Run, *words: str) -> None:
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    message = run.stderr.strip()
    assert all(word in message for word in words), message


def test_the_main_job_on_a_terminal(report: Path) -> None:
    run = yitong("translate", report, "-q")
    assert run.returncode == 0, run.stderr
    assert "6.65 million yuan" in run.stdout
    assert "December 18, 2024" in run.stdout
    assert "民生吹哨" in run.stdout
    assert "model:yitong-zh-en@" in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_a_file_is_written_and_nothing_beside_it(report: Path, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"out.{suffix}"
    run = yitong("translate", report, "-o", out)
    assert run.returncode == 0, run.stderr
    assert out.stat().st_size > 500
    assert f"wrote {out}" in run.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([f"out.{suffix}", "report.txt"])


def test_replacing_a_file_is_said(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    out.write_text("old", encoding="utf-8")
    assert f"replaced {out}" in yitong("translate", report, "-o", out).stderr


def test_stdin_to_stdout(tmp_path: Path) -> None:
    run = yitong("translate", "-", "-f", "jsonl", stdin=REPORT)
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert "signature" in lines[0]
    assert len(lines) >= 5


def test_several_inputs_one_of_them_bad(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "report.txt").write_text("全县召开大会。", encoding="utf-8")
    out = tmp_path / "english"
    run = yitong(
        "translate", report, tmp_path / "empty.txt", tmp_path / "sub", "-o", out, "-f", "md"
    )
    assert run.returncode == 1
    assert "empty.txt" in run.stderr
    assert sorted(p.name for p in out.iterdir()) == ["report-2.md", "report.md"]


def test_a_glossary_and_names_of_ones_own_win(report: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("zh,en\n干部大会,officials' rally\n", encoding="utf-8")
    names = tmp_path / "names.tsv"
    names.write_text("王秀兰\tWong Sau-lan\n", encoding="utf-8")
    run = yitong("translate", report, "-f", "jsonl", "-g", terms, "--names", names)
    assert run.returncode == 0, run.stderr
    assert "Wong Sau-lan" in run.stdout
    assert "officials' rally" in run.stdout


def test_strict_tells_a_missing_constraint(tmp_path: Path) -> None:
    # A term that is longer than the model's positions can't be said by it.
    terms = tmp_path / "terms.csv"
    terms.write_text("zh,en\n大会," + "very " * 300 + "long\n", encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text("全县召开大会。", encoding="utf-8")
    run = yitong("translate", report, "-g", terms, "--strict", "--beam", "1")
    assert run.returncode == 1
    assert "missing" in run.stderr
    assert (
        "missing-term"
        in yitong("translate", report, "-g", terms, "--beam", "1", "-f", "jsonl").stdout
    )


def test_explain_names_the_rules(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("本報(bào)通訊員 趙文博\n縣(xiàn)里召開(kāi)大會(huì)。\n", encoding="utf-8")
    run = yitong("translate", report, "--explain")
    assert run.returncode == 0, run.stderr
    assert "reading" in run.stdout


def test_bad_input_is_one_line_and_exit_two(tmp_path: Path, report: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "english.txt").write_text("No Chinese here.\n", encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes("全县召开大会，".encode() * 20 + b"\xff\xfe\xfa\xfb" * 9)
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken.csv").write_text('zh,en\n大会,"rally\n', encoding="utf-8")
    refused(yitong("translate", tmp_path / "none.txt"), "none.txt")
    refused(yitong("translate", tmp_path / "empty.txt"), "empty.txt", "empty")
    refused(yitong("translate", tmp_path / "binary.txt"), "binary.txt")
    refused(yitong("translate", tmp_path / "english.txt"), "english.txt", "Chinese")
    refused(yitong("translate", tmp_path / "broken.txt"), "broken.txt", "byte")
    refused(yitong("translate", tmp_path / "folder"), "folder")
    refused(yitong("translate", report, "-f", "pdf"), "pdf", "html")
    refused(yitong("translate", report, "-o", tmp_path / "out.xyz"), ".xyz")
    refused(yitong("translate", report, "-o", tmp_path / "no" / "out.html"), "no")
    refused(yitong("translate", report, "-g", tmp_path / "broken.csv"), "broken.csv", "line")
    refused(yitong("translate", report, "-g", tmp_path / "none.csv"), "none.csv")
    refused(yitong("translate", report, "-m", "nowhere"), "nowhere", "opus-mt-zh-en")
    refused(yitong("translate", report, "-m", tmp_path / "folder"), "folder", "config.json")
    refused(yitong("translate", report, "--beam", "0"), "beam")
    assert not (tmp_path / "out.xyz").exists()


def test_hostile_text_is_survived(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    text = "全县\x00召开\u202e大会。\u200f" + "".join(
        ["好" * 300, "\n", "县里召开大会，" * 200, "\n"]
    )
    report.write_bytes(text.encode("utf-8") + b"\xed\xa0\x80" + "\n全县。".encode())
    run = yitong("translate", report, "-f", "jsonl", "--beam", "1")
    assert run.returncode in (0, 2), run.stderr
    assert "Traceback" not in run.stderr


def test_help_and_version() -> None:
    run = yitong("--help")
    assert run.returncode == 0
    assert all(word in run.stdout for word in ("translate", "glossary", "models", "Examples"))
    assert yitong("--version").stdout.startswith("yitong")
    assert "Examples" in yitong("translate", "--help").stdout
    assert "opus-mt-zh-en" in yitong("models", "list").stdout


def test_evaluate_prints_a_table_and_writes_a_page(tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu")
    (tmp_path / "a.zh").write_text("全县召开大会，筹集665万元。\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("The county raised 6.65 million yuan.\n", encoding="utf-8")
    page = tmp_path / "scores.html"
    files = ("--src", tmp_path / "a.zh", "--ref", tmp_path / "a.en")
    run = yitong("evaluate", *files, "-o", page)
    assert run.returncode == 0, run.stderr
    assert "chrF++" in run.stdout
    assert "1 of 1" in run.stdout
    assert "Worst first" in page.read_text(encoding="utf-8")
    refused(yitong("evaluate", *files, "-m", "nowhere"), "nowhere")
