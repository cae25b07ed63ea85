"""How the embedded model is made, end to end: ``python -m models.training --help``."""
