"""Who may bring files in and answer the questions they leave, and what an answer still lacks."""

from datetime import datetime

from registry.models import Producer, Product, Question, User
from registry.refusal import N_, Refusal, refuse
from registry.rules.goods import is_no_live_plant, plant_word
from registry.rules.offices import may_register_somewhere
from registry.thai import normalise


def may_import(user: User | None, at: datetime) -> Refusal | None:
    """Anybody with an office that registers; each row is then held to his areas. Nothing stands against the system itself."""
    if user is None or may_register_somewhere(user, at) is None:
        return None
    return refuse(
        "may_not_import",
        N_(
            "Files are brought in by the recorder of a tambon or an officer above. Send the file to your amphoe office."
        ),
    )


def question_is_open(question: Question) -> Refusal | None:
    """A question is answered once."""
    if question.answered_at is None:
        return None
    return refuse(
        "answered_already",
        N_("This question was answered on %(day)s, so nothing was changed now. Open the list for the next one."),
        day=question.answered_at,
    )


def producer_said(producer: Producer | None, name: str) -> Refusal | None:
    """An answer names the producer: one of the register, or a new one."""
    if producer is not None or normalise(name):
        return None
    return refuse("producer_missing", N_("Choose the producer, or write the name of a new one."), field="producer_name")


def producer_is_there(producer: Producer | None, area_id: int) -> Refusal | None:
    """A chosen producer stands in the chosen tambon."""
    if producer is None or producer.area_id == area_id:
        return None
    return refuse(
        "producer_elsewhere",
        N_("%(name)s is registered in another tambon. Choose its tambon, or write the producer as a new one."),
        field="producer",
        name=producer.name,
    )


def is_going_on(product: Product | None) -> Refusal | None:
    """Nothing is joined to a product that has ended."""
    if product is None or product.ended_on is None:
        return None
    return refuse(
        "product_ended",
        N_("%(name)s ended on %(day)s, so nothing is joined to it. Take the row in as a new product, or refuse it."),
        field="product",
        name=product.name,
        day=product.ended_on,
    )


def row_is_no_live_plant(name: str, name_en: str, *, said: bool) -> Refusal | None:
    """`is_no_live_plant` for a row of a file: there the sender says in a column of its own that it is none."""
    if is_no_live_plant(name, name_en, said=said) is None:
        return None
    return refuse(
        "live_plant",
        N_(
            "Live plants such as saplings and ornamentals are not registered, and “%(word)s” sounds like one. If this is a "
            "processed good, write ใช่ in the column ไม่ใช่พืชมีชีวิต and send the row again; a live plant cannot be taken in."
        ),
        field="not_live_plant",
        word=plant_word(name, name_en),
    )


def reason_given(reason: str) -> Refusal | None:
    """A row is refused with a reason that its sender can read."""
    if normalise(reason):
        return None
    return refuse(
        "reason_missing",
        N_("Write why the row is not taken in, so that whoever sent it can put it right."),
        field="reason",
    )
