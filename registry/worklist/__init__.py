"""The work list: what waits for a person, what he waits for, what is late. Every module of this folder adds its lines.

A new kind of line is a new module here (or the module `worklist` of another app): a function of (user, at) under
`@provider` that yields Lines, or Asks whose rows are counted with all the others in one statement. Nothing else has to
name it.
"""

from importlib import import_module
from pkgutil import iter_modules

from registry.worklist.gathering import Due, due_within, lines_for
from registry.worklist.lines import (
    CAP,
    PROVIDERS,
    Ask,
    Group,
    Line,
    Provider,
    SubArea,
    capped,
    how_many,
    provider,
    registers,
)

__all__ = [
    "CAP",
    "PROVIDERS",
    "Ask",
    "Due",
    "Group",
    "Line",
    "Provider",
    "SubArea",
    "capped",
    "due_within",
    "how_many",
    "lines_for",
    "provider",
    "registers",
]

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
