"""The fixers of ``translate.clean``: one module a kind of noise."""
