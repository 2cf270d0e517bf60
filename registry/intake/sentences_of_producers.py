"""What is said about a row of a list of producers, which names no products."""

from registry.refusal import N_, Refusal, refuse


def producers_only() -> Refusal:
    return refuse(
        "producers_only",
        N_("The file names no products: each row is taken as a producer. If it holds products, say which column has their names."),
    )


def producer_new() -> Refusal:
    return refuse("producer_new", N_("A producer without products yet. Its products are registered on its page."))


def producer_there() -> Refusal:
    return refuse("same", N_("In the register already; nothing to change."))


def producer_unnamed() -> Refusal:
    return refuse(
        "producer_unnamed", N_("The row has no producer name. Write it in the column ชื่อผู้ผลิต and send the row again."),
        field="producer_name",
    )  # fmt: skip
