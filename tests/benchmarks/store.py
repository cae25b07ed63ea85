"""The store with a million forms, and a TBX file of 100,000 rows.

Run by hand: ``python tests/benchmarks/store.py [ENTRIES]``; two forms an entry, 500,000 entries
unless it says otherwise. Both times are given: by the clock, and of the processor, which does not
count what other programs on the machine take.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from glossary import Entry, Form
from glossary.background import load
from glossary.formats import Collector, Options, read, write
from glossary.search import search
from glossary.store import Store
from glossary.transfer import Import

QUERIES = ("乡村振", "书记", "村", "rural rev", "committee", "sixiajiceng", "xczx", "不会有的词")


def timed(name: str, run, rows: int = 0):
    clock, cpu = time.perf_counter(), time.process_time()
    result = run()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    rate = f", {rows / clock:,.0f} rows/s ({rows / cpu:,.0f} of the processor's)" if rows else ""
    print(f"{name}: {clock:.3f} s ({cpu:.3f} s processor){rate}", flush=True)
    return result


def entries() -> Iterator[Entry]:
    words = [w for w in load().counts if len(w) > 1][:900]
    english = "rural county committee work plan public service project new reform center".split()
    for number, (a, b) in enumerate(product(words, words)):
        text = f"{english[number % 11]} {english[number % 7]} {number}"
        yield Entry(f"e{number}", (Form(a + b),), (Form(text),), subject=english[number % 5])


def bring(store: Store, path: Path) -> None:
    sink = Collector()
    plan = Import(store)
    plan.take(read(path, options=Options(sink=sink)), str(path), sink)
    report = plan.write(author="benchmark", reason="import")
    assert report.revision
    assert not report.refused


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tbx = Path(folder) / "terms.tbx"
        timed("TBX of 100,000 rows written", lambda: write(islice(entries(), 50_000), tbx), 100_000)
        with Store(Path(folder) / "tbx.db", builtin=[]) as store:
            timed("TBX imported", lambda: bring(store, tbx), 100_000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak so far {peak:.0f} MB")
        table = Path(folder) / "terms.csv"
        write(islice(entries(), count), table)
        path = Path(folder) / "big.db"
        with Store(path, builtin=[]) as store:
            timed(f"CSV imported, {2 * count:,} forms", lambda: bring(store, table), 2 * count)
        print(f"store of {path.stat().st_size >> 20} MB")
        store = timed("opened", lambda: Store(path, builtin=[]))
        for query in QUERIES:
            search(store, query)  # the first reads the file
            found = timed(f"search {query}", lambda q=query: search(store, q))
            print(f"   {len(found)} shown")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
