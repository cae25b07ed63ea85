"""Generated pairs: figures, dates, names, place chains, enumerations, quotes, from own grammars.

>>> from models.training.generate import Generator
>>> Generator(seed=1).pair(0).zh  # doctest: +SKIP

Pair ``i`` is a function of the seed and ``i``: nothing is stored, any number can be had.
"""

from models.training.generate.grammar import Generated, Generator

__all__ = ["Generated", "Generator"]
