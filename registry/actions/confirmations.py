"""Recording the yearly answer to "still producing?"."""

from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, unless_taken
from registry.actions.notice_words import still_producing_words
from registry.actions.notices import draft_notice
from registry.actions.producers import end_producer
from registry.actions.products import end_product
from registry.clock import bangkok_day, year_be_at
from registry.models import Channel, Confirmation, NoticeKind, Producer, StillProducing, User
from registry.refusal import require
from registry.rules import may_register_in, not_answered_yet, same_origin, still_open


@transaction.atomic
def confirm_producing(
    *, by: User | None, producer: Producer, answer: str, version: int, ended_on: date | None = None, at: datetime | None = None,
) -> Confirmation:
    """Records this year's answer (a value of StillProducing) of a producer; who was not reached is asked again,
    by a letter that waits as a draft.

    A no ends its products and then the producer itself, from `ended_on` on (default: today), if it still has the
    `version` that was seen. Refuses places outside the writer's areas, an ended producer, and a second answer a year.
    """
    now = moment(at)
    year, said = year_be_at(now), StillProducing(answer)
    require(may_register_in(by, [producer.area], now), same_origin(producer, by), still_open(producer, now))
    require(not_answered_yet(producer, year))
    if said == StillProducing.NO:
        for product in producer.products.active().select_related("area"):
            end_product(by=by, product=product, version=product.version, ended_on=ended_on, at=now)
        end_producer(by=by, producer=producer, version=version, ended_on=ended_on, at=now)
    with unless_taken(lambda: not_answered_yet(producer, year)):
        row = Confirmation.objects.create(producer=producer, year_be=year, answer=said, by=by, at=now)
    if said == StillProducing.NOT_REACHED:
        title, words = still_producing_words(producer, bangkok_day(now), "th")
        draft_notice(
            by=by, to=producer, area=producer.area, channel=Channel.LETTER, kind=NoticeKind.STILL_PRODUCING, title=title,
            words=words, origin=producer.origin, about=("producer", producer.public_id), key=f"still_producing:{year}", at=now,
        )
    note("still_producing", producer, by=by, at=now, after={"answer": str(said)})
    return row
