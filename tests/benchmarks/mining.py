"""Term mining against hand-made lists: precision at 50 and recall.

Run by hand:

python tests/benchmarks/mining.py ../shared/dev
"""

import sys
import time
from pathlib import Path

from glossary import Glossary
from glossary.extract import Miner
from glossary.fold import fold


def main(folder: Path) -> None:
    reports, wanted = {}, set()
    for path in sorted(folder.glob("dev??.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        reports[path.name] = "\n".join(row[0] for row in rows)
        listed = path.with_name(f"{path.stem}_terms.tsv").read_text("utf-8").splitlines()
        wanted |= {fold(line.split("\t")[0].strip()) for line in listed if line.strip()}
    start = time.perf_counter()
    for name, entries in (("all entries", Glossary.load().entries), ("held out", None)):
        if entries is None:  # the miner must find them without having them
            entries = [
                e for e in Glossary.load().entries if not {fold(f.text) for f in e.zh} & wanted
            ]
        found = Miner(entries).extract(reports, known=True, limit=5000)
        texts = [c.text for c in found]
        near = [t for t in texts[:50] if any(t in w or w in t for w in wanted)]
        print(
            f"{name}: {len(wanted)} wanted, {len(texts)} candidates; "
            f"precision at 50 {sum(t in wanted for t in texts[:50]) / 50:.2f} "
            f"(overlapping a wanted one {len(near) / 50:.2f}), "
            + ", ".join(
                f"recall at {n} {sum(t in wanted for t in texts[:n]) / len(wanted):.2f}"
                for n in (50, 200, 500, 5000)
            )
        )
    print(f"{time.perf_counter() - start:.1f} s for both")
    print(" ".join(texts[:50]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
