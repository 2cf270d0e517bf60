"""The work list: what waits for a person, what he waits for, what is late. Every module of this folder adds its lines.

A new kind of line is a new module here (or the module `worklist` of another app): a function of (user, at) under
`@provider`. Nothing else has to name it.
"""

from importlib import import_module
from pkgutil import iter_modules

from registry.worklist.lines import (
    CAP,
    PROVIDERS,
    Group,
    Line,
    Provider,
    capped,
    how_many,
    lines_for,
    provider,
    registers,
)

__all__ = ["CAP", "PROVIDERS", "Group", "Line", "Provider", "capped", "how_many", "lines_for", "provider", "registers"]

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
