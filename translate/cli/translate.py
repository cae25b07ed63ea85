"""``yitong translate``: files in, aligned bilingual files or a terminal view out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.errors import InputError, OutputError, YitongError

if TYPE_CHECKING:
    from translate.document import Bitext
    from translate.pipeline import Progress, Translator
    from translate.read import Page


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line said."""

    out: Path | None
    format: str | None
    strict: bool
    explain: bool
    quiet: bool

    def say(self, message: str) -> None:
        """A line on stderr, unless ``-q``."""
        if not self.quiet:
            click.echo(message, err=True)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File, or folder for several.")
@click.option(
    "-f", "--format", "format_", help="html, tsv, jsonl, md … (default: by OUT's suffix)."
)
@click.option(
    "-g", "--glossary", multiple=True, type=click.Path(path_type=Path),
    help="Glossary file over the built-in one; may be repeated, later ones win.",
)  # fmt: skip
@click.option("-m", "--model", default="embedded", show_default=True,
              help="Name, directory or hub name of a MarianMT model.")  # fmt: skip
@click.option("--engine", type=click.Choice(["ctranslate2", "transformers"]),
              default="ctranslate2", show_default=True, help="What runs the model.")  # fmt: skip
@click.option("--names", type=click.Path(path_type=Path),
              help="CSV or TSV of Chinese names and their English, used as given.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit 1 when a term, figure or name is missing.")
@click.option("--explain", is_flag=True, help="Show every change, and the rule that made it.")
@click.option("--beam", type=click.IntRange(1, 16), default=3, show_default=True)
@click.option("--threads", type=click.IntRange(0), default=0, help="Cores to use; 0 for all.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
def translate(
    inputs: tuple[str, ...], out: Path | None, format_: str | None, glossary: tuple[Path, ...],
    model: str, engine: str, names: Path | None, strict: bool, explain: bool, beam: int,
    threads: int, quiet: bool,
) -> int:  # fmt: skip
    """Translate reports: text, Markdown, HTML or Word files, folders of them, or - for stdin.

    Without -o the bilingual text goes to the terminal. With several inputs -o is a folder; a
    file that can't be read is reported and the rest is done.

    \b
    Examples:
      yitong translate report.txt
      yitong translate report.docx -o report.html -g terms.csv
      yitong translate reports/ -o english/ -f html --strict
      cat report.txt | yitong translate - -f tsv
    """
    from translate.output import format_of

    options = Options(out, format_, strict, explain, quiet)
    if format_ is not None or (out is not None and not _is_folder(out, inputs)):
        format_of(out, format_)
    pages, failures = _read_all(inputs, options)
    targets = _targets(pages, options, len(inputs) > 1 or len(pages) + len(failures) > 1)
    translator = _translator(
        model, engine == "transformers", threads, glossary, names, beam, options
    )
    missing = 0
    with _progress(quiet) as progress:
        bitexts = list(translator.translate_pages(pages, progress))
    for bitext, target in zip(bitexts, targets, strict=True):
        _emit(bitext, target, options)
        missing += sum(p.how == "missing" for pair in bitext.pairs for p in pair.placements)
    for failure in failures:
        click.echo(f"yitong: {failure}", err=True)
    if missing:
        options.say(f"{missing} of the terms, figures and names are missing; they are flagged")
    return 1 if failures or (strict and missing) else 0


def _read_all(inputs: Sequence[str], options: Options) -> tuple[list[Page], list[YitongError]]:
    """Read what can be read. With a single input its error is the command's."""
    from translate.read import find_inputs, read

    paths = find_inputs(inputs)
    pages, failures = [], []
    for path in paths:
        try:
            page = read(path, stdin=sys.stdin.buffer if str(path) == "-" else None)
        except InputError as error:
            if len(paths) == 1:
                raise
            failures.append(error)
            continue
        for note in page.notes:
            options.say(f"{page.name}: {note}")
        pages.append(page)
    if not pages:
        raise InputError(
            f"none of the {len(failures)} inputs can be read; the first: {failures[0]}"
        )
    return pages, list(failures)


def _is_folder(out: Path, inputs: Sequence[str]) -> bool:
    return len(inputs) > 1 or out.is_dir() or any(Path(i).is_dir() for i in inputs)


def _targets(pages: Sequence[Page], options: Options, several: bool) -> list[Path | None]:
    """Where each page goes; checked before any work is done.

    Raises:
        OutputError: the place can't be written.
    """
    from translate.output import FORMATS, check_writable, format_of

    if options.out is None:
        return [None] * len(pages)
    if not (several or options.out.is_dir()):
        check_writable(options.out)
        return [options.out]
    if options.out.exists() and not options.out.is_dir():
        raise OutputError(f"{options.out}: is a file; several inputs need a folder")
    suffix = FORMATS[format_of(None, options.format or "html")].suffixes[0]
    targets: list[Path | None] = []
    for page in pages:
        stem = Path(page.name).stem if page.name != "<stdin>" else "stdin"
        path, n = options.out / f"{stem}{suffix}", 2
        while path in targets:
            path, n = options.out / f"{stem}-{n}{suffix}", n + 1
        targets.append(path)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{options.out}: can't be made ({error.strerror})") from error
    check_writable(options.out / "x")
    return targets


def _translator(
    model: str, reference: bool, threads: int, glossary: Sequence[Path], names: Path | None,
    beam: int, options: Options,
) -> Translator:  # fmt: skip
    from concurrent.futures import ThreadPoolExecutor

    from models.load import load

    # Opening the model is mostly reading and hashing its weights: the rest is made ready meanwhile.
    with ThreadPoolExecutor(1) as pool:
        engine = pool.submit(load, model, threads=threads, reference=reference, say=options.say)
        from glossary import Glossary
        from translate.naming.names import load_names
        from translate.pipeline import Translator

        terms = Glossary.load(files=list(glossary))
        overrides = load_names(names) if names else {}
        return Translator(engine.result(), terms, names=overrides, beam=beam)


def _emit(bitext: Bitext, target: Path | None, options: Options) -> None:
    """Write a bitext, or print it."""
    from rich.console import Console

    from translate.output import format_of, print_terminal, render, write

    if target is not None:
        existed = target.exists()
        write(bitext, target, format_of(target, options.format))
        options.say(f"{'replaced' if existed else 'wrote'} {target}")
        if options.explain:
            print_terminal(bitext, Console(), explain=True)
    elif options.format is not None:
        content = render(bitext, format_of(None, options.format))
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        print_terminal(bitext, Console(), explain=options.explain)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A bar on stderr while sentences are decoded; none where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("translating", total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        report: Callable[[int, int], None] = update
        yield report
