"""How many damaged runs are repaired: ``python tests/benchmarks/damage.py CORPUS_FILE...``.

Each file (one Simplified sentence a line, or tab-separated with Chinese first) is made Traditional,
damaged by ``translate.damage`` under several habits of sites, and cleaned. A damaged run is a
stretch in which the damaged page differs from the same page with its edits made where characters
begin. Printed are, over all runs:

* recall: repaired exactly, without a flag;
* flagged: not repaired, but flagged; in brackets, how often the text is right nevertheless;
* precision: of the runs changed without a flag, how many are right;
* false alarms: changes to, and flags on, the undamaged page.

The files must not be among those that the character model was fitted on.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import opencc

from translate.clean import Cleaned, clean
from translate.cleaning.readings import readings_of
from translate.damage import Site, damage, undamaged

# So many sentences that follow each other are a page.
PAGE = 15

HABITS = {
    "readings": {"narrowed": "，：；"},
    "readings, ？": {},
    "readings, ？, bracket kept": {"swallowed": ""},
    "U+FFFD": {"mark": "\ufffd", "swallowed": ""},
    "private kept": {"private": "\ue5e5"},
}


def readings_list(text: str) -> dict[str, str]:
    """The characters of a text that a conversion to Simplified changes, with a reading each."""
    to_simplified = opencc.OpenCC("t2s")
    differing = (c for c in sorted(set(text) - {"\n"}) if to_simplified.convert(c) != c)
    return {c: sorted(readings_of(c))[0] for c in differing if readings_of(c)}


def site(readings: dict[str, str], habit: dict[str, str], seed: int) -> Site:
    """A site that annotates half of these characters."""
    chosen = random.Random(seed).sample(sorted(readings), len(readings) // 2)
    return Site({c: readings[c] for c in chosen}, **habit)


def runs(meant: str, printed: str) -> list[tuple[int, int]]:
    """The stretches of the page as meant that were printed otherwise, close ones joined."""
    found: list[tuple[int, int]] = []
    for tag, a, b, _, _ in SequenceMatcher(None, meant, printed, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and a - found[-1][1] <= 3:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def judge(line: str, shop: Site, tally: Counter[str], show: bool) -> None:
    """Damage and clean one line (in the page's habits) and count."""
    meant, printed = undamaged(line, shop), damage(line, shop)
    expected = clean(meant)
    for edit in expected.edits:
        tally["false change"] += edit.rule == "lost-bytes"
    tally["false flag"] += len(expected.flags)
    if meant == printed:
        return
    result = clean(printed)
    here = len(runs(meant, printed))
    tally["runs"] += here
    wrong = 0
    flagged = len(result.flags)
    for tag, a, b, c, d in SequenceMatcher(
        None, expected.text, result.text, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            in_flag = any(f.start <= d and c <= f.end for f in result.flags)
            tally["flagged wrong" if in_flag else "silent wrong"] += 1
            wrong += not in_flag
            if show and not in_flag:
                print(f"  meant   {expected.text[max(0, a - 8) : b + 8]}")
                print(f"  read    {result.text[max(0, c - 8) : d + 8]}")
                print(f"  printed {printed_at(result, c, d)}")
    tally["flagged"] += flagged
    if show:
        for f in result.flags:
            context = result.text[max(0, f.start - 8) : f.end + 8]
            print(f"  flagged {context}  {f.candidates}  {printed_at(result, f.start, f.end)}")
    changed = len(runs_of_edits(result))
    tally["changed"] += changed
    tally["repaired"] += max(0, here - flagged - wrong)


def printed_at(result: Cleaned, start: int, end: int) -> str:
    return result.source[max(0, result.origins[start] - 10) : result.origins[end] + 12]


def runs_of_edits(result: Cleaned) -> list[int]:
    places: list[int] = []
    for edit in result.edits:
        if edit.rule == "lost-bytes" and (not places or edit.start - places[-1] > 8):
            places.append(edit.start)
    return places


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall on damaged runs.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--lines", type=int, default=400)
    parser.add_argument("--show", action="store_true", help="print what was got wrong unflagged")
    args = parser.parse_args()
    converter = opencc.OpenCC("s2t")
    pages = []
    for path in args.files:
        lines = [
            x.split("\t")[0] for x in path.read_text(encoding="utf-8").split("\n") if x.strip()
        ]
        pages += ["".join(lines[i : i + PAGE]) for i in range(0, len(lines), PAGE)]
    random.Random(1).shuffle(pages)
    # A page tells its site's habits, and names its people more than once.
    pages = [converter.convert(page) for page in pages[: args.lines // PAGE]]
    readings = readings_list("".join(pages))
    total: Counter[str] = Counter()
    for name, habit in HABITS.items():
        tally: Counter[str] = Counter()
        started = time.process_time()
        for seed, page in enumerate(pages):
            judge(page, site(readings, habit, seed), tally, args.show)
        report(name, tally, time.process_time() - started)
        total += tally
    report("all", total, 0.0)


def report(name: str, tally: Counter[str], seconds: float) -> None:
    runs_ = max(1, tally["runs"])
    silent = tally["silent wrong"]
    sure = tally["repaired"] + silent
    print(
        f"{name:28} runs {tally['runs']:5}  recall {tally['repaired'] / runs_:6.1%}  "
        f"flagged {tally['flagged'] / runs_:6.1%} (wrong {tally['flagged wrong']})  "
        f"precision {tally['repaired'] / max(1, sure):6.1%}  "
        f"false alarms {tally['false change']} + {tally['false flag']}  {seconds:5.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
