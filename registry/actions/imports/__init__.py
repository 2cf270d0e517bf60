"""Taking files in: receiving and checking them, writing their rows, answering the questions they leave."""

from registry.actions.imports.columns import ask_for_columns, choose_columns, may_be_named
from registry.actions.imports.files import (
    cancel_file,
    confirm_file,
    finish_file,
    may_go_on,
    receive_file,
    record_check,
    refuse_file,
    rows_are_good,
    take_rows,
)
from registry.actions.imports.keeping import forget_files
from registry.actions.imports.plans import (
    FILLED_BY_FILES,
    Choices,
    KnownProducer,
    KnownProduct,
    Made,
    MadeLine,
    Quote,
    RowPlan,
)
from registry.actions.imports.questions import Answer, answer_question, dismiss_question, is_producer_alone

__all__ = [
    "FILLED_BY_FILES",
    "Answer",
    "Choices",
    "KnownProducer",
    "KnownProduct",
    "Made",
    "MadeLine",
    "Quote",
    "RowPlan",
    "answer_question",
    "ask_for_columns",
    "cancel_file",
    "choose_columns",
    "confirm_file",
    "dismiss_question",
    "finish_file",
    "forget_files",
    "is_producer_alone",
    "may_be_named",
    "may_go_on",
    "receive_file",
    "record_check",
    "refuse_file",
    "rows_are_good",
    "take_rows",
]
