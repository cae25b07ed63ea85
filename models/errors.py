"""The exceptions of ``models``.

ModelError
├── ModelNotFound     no such directory or name, or no network to fetch it
├── ModelUnusable     files missing, corrupt, or for another language pair
└── InputTooLong      a request is longer than the model's positions
"""

from __future__ import annotations


class ModelError(Exception):
    """Base class. The message is one line: which model, what is wrong, what to do."""


class ModelNotFound(ModelError):
    """The model can't be found or fetched."""


class ModelUnusable(ModelError):
    """The model is there but can't be used."""


class InputTooLong(ModelError):
    """A request exceeds the model's positions."""
