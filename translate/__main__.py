"""``python -m translate`` is ``yitong``."""

from translate.cli import main

main()
