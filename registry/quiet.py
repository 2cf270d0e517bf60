"""Log lines without anybody's data: what PostgreSQL quotes of a row, national IDs and telephone numbers are left out."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.db import Error as DatabaseError

from registry.personal import without_numbers

LEFT_OUT = "(left out)"
_QUOTED_VALUE = re.compile(r':\s*".*', re.DOTALL)  # invalid input syntax for type integer: "what was typed"
_LETTER_CODE = re.compile(r"(/l/)(?!own/)[\w-]+")  # opens somebody's page
_QUOTED_ROW = re.compile(r"(Failing row contains|Key|DETAIL:|CONTEXT:|STATEMENT:|QUERY:)(\s*\(.*\)|[^\n]*)", re.DOTALL)


def quiet(text: str, *faults: BaseException | None) -> str:
    """`text` without what the database said of rows in `faults` and their causes, and without people's numbers."""
    for fault in faults:
        for each in _chain(fault):
            said = str(each)
            if said and (isinstance(each, DatabaseError) or hasattr(each, "pgerror")):
                text = text.replace(said, f"{_QUOTED_VALUE.sub(': ' + LEFT_OUT, said.splitlines()[0])}\n")
    return without_numbers(_LETTER_CODE.sub(rf"\1{LEFT_OUT}", _QUOTED_ROW.sub(rf"\1 {LEFT_OUT}", text)))


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault, what caused it, and what was being handled when it came, each once."""
    seen: set[int] = set()
    waiting = [fault]
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [each.__cause__, each.__context__]


class QuietFormatter(logging.Formatter):
    """Formats as its base does, message, traceback and stack together, and then leaves personal data out."""

    def format(self, record: logging.LogRecord) -> str:
        told = record.args.values() if isinstance(record.args, dict) else record.args or ()
        faults = [record.exc_info[1] if record.exc_info else None, record.msg, *told]
        return quiet(super().format(record), *(each for each in faults if isinstance(each, BaseException)))


def quiet_hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """What the interpreter writes about a fault that nothing caught, without personal data (for `sys.excepthook`)."""
    sys.stderr.write(quiet("".join(traceback.format_exception(kind, fault, trace)), fault))
