"""Decoding speed, as ratios within one run: ``python tests/benchmarks/engines.py MODEL_DIR``.

MODEL_DIR is a MarianMT directory in transformers' layout. Measured on the same sentences, with
the same weights, two threads and a beam of four:

* Yitong's engine (int8, as shipped) against transformers' ``MarianMTModel.generate`` called as its
  documentation shows (one sentence a call, float32; transformers 5 has no translation pipeline
  any more, and its pipeline called it so), and against the same in batches of 32;
* what enforcing constraints costs over decoding the plain sentences.
"""

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from glossary import Glossary  # noqa: E402
from models.convert import convert  # noqa: E402
from models.ct2 import CTranslate2Engine  # noqa: E402
from models.engine import Request  # noqa: E402
from translate.constrain import constrain  # noqa: E402
from translate.document import Constraint  # noqa: E402
from translate.enforcing.attempt import Unit  # noqa: E402
from translate.enforcing.enforce import enforce  # noqa: E402
from translate.figures.dates import find_dates  # noqa: E402
from translate.figures.numbers import find_numbers  # noqa: E402
from translate.naming.names import find_names  # noqa: E402


def sentences(path: Path, count: int) -> list[str]:
    """The first ``count`` Chinese sentences of a corpus file, evenly spread."""
    lines = [x.split("\t")[0] for x in path.read_text(encoding="utf-8").splitlines() if "\t" in x]
    return lines[:: max(1, len(lines) // count)][:count]


def timed(work: Callable[[], int], runs: int = 3) -> tuple[float, int]:
    """The median seconds of ``runs`` runs, and what the work returned (target pieces)."""
    seconds, pieces = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        pieces = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), pieces


def transformers_runner(model: Path, lines: list[str], batch: int) -> Callable[[], int]:
    """``generate`` as the model card shows it."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer = MarianTokenizer.from_pretrained(str(model))
    network = MarianMTModel.from_pretrained(str(model)).eval()

    def run() -> int:
        pieces = 0
        for i in range(0, len(lines), batch):
            inputs = tokenizer(lines[i : i + batch], return_tensors="pt", padding=True)
            with torch.inference_mode():
                out = network.generate(**inputs, num_beams=4, max_new_tokens=200)
            pieces += int((out != network.config.pad_token_id).sum())
        return pieces

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument(
        "--text", type=Path, default=ROOT.parent / "shared/corpus/pairs/features-10.tsv"
    )
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    lines = sentences(given.text, given.count)
    with tempfile.TemporaryDirectory() as folder:
        convert(given.model, Path(folder) / "int8")
        engine = CTranslate2Engine(Path(folder) / "int8", threads=2)

        def plain() -> int:
            found = engine.translate([Request(x) for x in lines], beam=4)
            return sum(engine.count_pieces(h[0].text) for h in found)

        glossary, names = Glossary.load(), find_names([(x, "body") for x in lines], {})

        def find(text: str, taken: Sequence[tuple[int, int]]) -> Sequence[Constraint]:
            return names.in_text(text, "body", taken)

        units = [Unit(x, constrain(x, glossary, find, (find_dates, find_numbers))) for x in lines]

        def enforced() -> int:
            return sum(engine.count_pieces(d.target) for d in enforce(units, engine, beam=4))

        ours, pieces = timed(plain, given.runs)
        print(f"Yitong, int8, beam 4: {pieces / ours:.0f} target pieces a second")
        held, held_pieces = timed(enforced, given.runs)
        count = sum(len(u.constraints) for u in units)
        print(f"with {count} constraints enforced: {held_pieces / held:.0f} a second, "
              f"{held / ours:.2f} times the time")  # fmt: skip
        for batch, name in ((1, "as it comes"), (32, "in batches of 32")):
            theirs, their_pieces = timed(transformers_runner(given.model, lines, batch), 1)
            ratio = (pieces / ours) / (their_pieces / theirs)
            print(
                f"transformers, {name}: {their_pieces / theirs:.0f} a second; "
                f"ours is {ratio:.1f} times as fast"
            )


if __name__ == "__main__":
    main()
