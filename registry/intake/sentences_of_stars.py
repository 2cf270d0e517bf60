"""What is said about a row of a published star list."""

from collections.abc import Sequence

from registry.refusal import N_, Refusal, refuse


def stars_quoted(stars: int, year_be: int, name: str) -> Refusal:
    return refuse(
        "stars_quoted", N_("Quoted for “%(name)s”: %(stars)s stars, %(year)s. It is history with its source, no award."),
        stars=stars, year=str(year_be), name=name,
    )  # fmt: skip


def quoted_before() -> Refusal:
    return refuse("same", N_("In the register already; nothing to change."))


def stars_doubtful(name: str, others: Sequence[str]) -> Refusal:
    return refuse(
        "stars_doubtful", N_("“%(name)s” may be “%(others)s” of this province. Say under Questions which one it is."),
        field="product_name_th", name=name, others="”, “".join(others),
    )  # fmt: skip


def not_in_register(name: str) -> Refusal:
    return refuse(
        "not_in_register",
        N_("No product of this province in the register is like “%(name)s”. Register it first, then send the row again."),
        field="product_name_th", name=name,
    )  # fmt: skip


def star_not_read(said: str) -> Refusal:
    return refuse(
        "star_not_read", N_("“%(said)s” does not say how many stars, 1 to 5. Write one digit and send the row again."),
        field="star", said=said[:60],
    )  # fmt: skip


def year_missing() -> Refusal:
    return refuse(
        "year_missing", N_("The year of the stars is missing. Name the file like CDD_OPC_2567.csv, or add a column ปี, and send it again."),
        field="year_be",
    )  # fmt: skip
