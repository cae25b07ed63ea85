"""The matcher on 100,000 forms and 10 MB of text.

Run by hand: ``python tests/benchmarks/matcher.py``. Both times are given: by the clock, and of
the processor, which does not count what other programs on the machine take.
"""

import random
import time
from itertools import accumulate

from glossary import Entry, Form, Glossary
from glossary.background import load
from glossary.match import Matcher

FORMS, MEGABYTES = 100_000, 10


def timed(name: str, run, amount: float = 0.0):
    clock, cpu = time.perf_counter(), time.process_time()
    result = run()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    rate = f", {amount / clock:.1f} MB/s ({amount / cpu:.1f} of the processor's)" if amount else ""
    print(f"{name}: {clock:.2f} s ({cpu:.2f} s processor){rate}")
    return result


def main() -> None:
    chance = random.Random(7)
    counts = load().counts
    words = list(counts)
    weights = list(accumulate(counts[w] for w in words))
    built_in = Glossary.load().entries
    forms: set[str] = set()
    while len(forms) < FORMS:
        forms.add("".join(chance.choices(words, k=chance.randint(2, 4))))
    entries = [*built_in, *(Entry(f, (Form(f),), (Form("x"),)) for f in sorted(forms))]

    terms = [f.text for e in entries for f in e.zh if not e.is_pattern]
    pieces: list[str] = []
    size = 0
    while size < MEGABYTES << 20:
        sentence = chance.choices(words, cum_weights=weights, k=20)
        sentence[chance.randrange(20)] = chance.choice(terms)
        sentence[chance.randrange(20)] = f"“{chance.choice(terms)}”"
        text = "".join(sentence) + chance.choice("。，、！12")
        pieces.append(text)
        size += len(text.encode())
    text = "".join(pieces)
    lines = [text[i : i + 60] for i in range(0, len(text), 60)]

    matcher = timed(f"built, {len(terms):,} forms", lambda: Matcher(entries))
    megabytes = size / (1 << 20)
    found = timed("found in one text", lambda: matcher.find(text), megabytes)
    print(f"   {len(found):,} matches")
    found = timed("found in sentences", lambda: [matcher.find(s) for s in lines], megabytes)
    print(f"   {sum(map(len, found)):,} matches in {len(lines):,} sentences")


if __name__ == "__main__":
    main()
