"""The main job as its user meets it: ``python tests/benchmarks/report.py REPORT [--runs N]``.

Prints, for whole processes (median of N): ``yitong --help``, and ``yitong translate REPORT`` with
the embedded model: wall time, processor time, peak memory. Then, inside one process, the seconds
from start to the first translated sentence, and the share of each step.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

STEPS = """
import time; clock = [("start", time.perf_counter())]
def mark(name): clock.append((name, time.perf_counter()))
import sys
from translate.pipeline import Translator, prepare, finish
from translate.enforcing.enforce import enforce
from translate.read import read
mark("import")
translator = Translator(); mark("load engine and glossary")
document = prepare(read(sys.argv[1])); mark("read, clean, segment")
tasks = translator.tasks(document); mark("constrain")
units = [u for t in tasks for u in t.units]
enforce(units[:1], translator.engine); mark("first sentence")
enforce(units, translator.engine); mark("decode and enforce all")
for (_, a), (name, b) in zip(clock, clock[1:]):
    print(f"  {name}: {b - a:.2f} s")
print(f"start to first sentence: {clock[5][1] - clock[0][1]:.2f} s")
"""


def measured(command: list[str], runs: int) -> tuple[float, float, float]:
    """Median wall seconds, processor seconds and peak MB of a command."""
    walls, cpus, peaks = [], [], []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.perf_counter() - start)
        if status:
            raise SystemExit(f"{command}: status {status}")
        cpus.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(walls), statistics.median(cpus), statistics.median(peaks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    yitong = [sys.executable, "-m", "translate"]
    wall, cpu, peak = measured([*yitong, "--help"], given.runs)
    print(f"--help: {wall:.2f} s, {cpu:.2f} s of processor, {peak:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.html")
        wall, cpu, peak = measured(
            [*yitong, "translate", str(given.report), "-o", out, "-q"], given.runs
        )
    print(f"translate: {wall:.2f} s, {cpu:.2f} s of processor, {peak:.0f} MB")
    print("load average:", *os.getloadavg(), "cores:", os.cpu_count())
    print(subprocess.run(
        [sys.executable, "-c", STEPS, str(given.report)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout)  # fmt: skip


if __name__ == "__main__":
    main()
