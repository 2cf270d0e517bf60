"""Finding rows that may be one and the same, in the database and within a bound, and keeping the word that they are two."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from registry.actions.acts import moment, note
from registry.actions.jobs import enqueue
from registry.models import (
    PRODUCER_NOISE,
    PRODUCT_NOISE,
    DistinctProducers,
    DistinctProducts,
    Job,
    JobState,
    Producer,
    Product,
    User,
    told,
)
from registry.models.duplicates import LEAST_HERE, LEAST_MAKERS, LEAST_NEAR, LEAST_OTHERS, LEAST_OWN
from registry.refusal import require
from registry.rules import may_register_in, same_origin
from registry.rules.merging import two_different

KIND = "duplicates"
ALL, LATELY = "all", "lately"
LOCK = 0x0D0B1E
BLOCK = 800  # rows compared with one another; of a greater block only the equal names of a smaller place are
OVERLAP = timedelta(minutes=10)  # a row may be committed some time after it was changed

_NUMBERS = "btrim(regexp_replace(p.name_key, '[^0-9]+', ' ', 'g'))"
PRODUCERS = f"""
WITH pool AS MATERIALIZED (
    SELECT p.id, p.origin, p.area_id, a.parent_id AS near, p.changed_at >= %(since)s AS fresh, {_NUMBERS} AS numbers,
        coalesce(nullif(regexp_replace(p.name_key, %(noise)s, '', 'g'), ''), p.name_key) AS stem
    FROM registry_producer p JOIN registry_area a ON a.id = p.area_id WHERE p.ended_on IS NULL AND (%(whole)s OR a.parent_id IN (
        SELECT here.parent_id FROM registry_producer q JOIN registry_area here ON here.id = q.area_id WHERE q.changed_at >= %(since)s))
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY origin, near) AS many_near, count(*) OVER (PARTITION BY origin, area_id) AS many_here
    FROM pool
), blocks AS MATERIALIZED (
    SELECT *, CASE WHEN many_near <= %(block)s THEN 'near' || near WHEN many_here <= %(block)s THEN 'here' || area_id
        ELSE 'same' || area_id || stem END AS block FROM counted
)
INSERT INTO registry_alikeproducers (one_id, other_id, score)
SELECT one.id, other.id, round(alike * CASE WHEN one.area_id = other.area_id THEN 100 ELSE 90 END)
FROM blocks one JOIN blocks other ON one.block = other.block AND one.origin = other.origin AND one.id < other.id
CROSS JOIN LATERAL (SELECT similarity(one.stem, other.stem) AS alike) AS s
WHERE (one.fresh OR other.fresh) AND (one.numbers = '' OR other.numbers = '' OR one.numbers = other.numbers)
    AND alike >= CASE WHEN one.area_id = other.area_id THEN %(here)s ELSE %(near)s END
ON CONFLICT (one_id, other_id) DO UPDATE SET score = EXCLUDED.score
"""  # noqa: S608 - no value of anybody is in it
PRODUCTS = f"""
WITH fresh AS MATERIALIZED (
    SELECT area_id, producer_id FROM registry_product WHERE changed_at >= %(since)s AND NOT %(whole)s
), near AS MATERIALIZED (
    SELECT * FROM registry_product WHERE ended_on IS NULL AND (%(whole)s OR area_id IN (SELECT area_id FROM fresh)
        OR producer_id IN (SELECT producer_id FROM fresh))
), makers AS MATERIALIZED (
    SELECT id, coalesce(nullif(regexp_replace(name_key, %(maker_noise)s, '', 'g'), ''), name_key) AS stem FROM registry_producer
    WHERE %(whole)s OR id IN (SELECT producer_id FROM near)
), pool AS MATERIALIZED (
    SELECT p.id, p.origin, p.area_id, p.producer_id, p.changed_at >= %(since)s AS fresh, m.stem AS maker, {_NUMBERS} AS numbers,
        coalesce(nullif(regexp_replace(p.name_key, %(noise)s, '', 'g'), ''), p.name_key) AS stem
    FROM near p JOIN makers m ON m.id = p.producer_id
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY producer_id) AS many_own, count(*) OVER (PARTITION BY origin, area_id) AS many_here
    FROM pool
), blocks AS MATERIALIZED (
    SELECT *, CASE WHEN many_own <= %(block)s THEN 'own' || producer_id ELSE 'same' || producer_id || stem END AS own,
        CASE WHEN many_here <= %(block)s THEN 'here' || area_id ELSE 'same' || area_id || stem END AS here FROM counted
), pairs AS (
    SELECT one.id AS one_id, other.id AS other_id, alike * 100 AS score
    FROM blocks one JOIN blocks other ON one.own = other.own AND one.numbers = other.numbers AND one.id < other.id
    CROSS JOIN LATERAL (SELECT similarity(one.stem, other.stem) AS alike) AS s
    WHERE (one.fresh OR other.fresh) AND alike >= %(own)s
    UNION ALL
    SELECT one.id, other.id, alike * 90
    FROM blocks one JOIN blocks other ON one.here = other.here AND one.origin = other.origin AND one.numbers = other.numbers
        AND one.id < other.id AND one.producer_id <> other.producer_id
    CROSS JOIN LATERAL (SELECT similarity(one.stem, other.stem) AS alike) AS s
    WHERE (one.fresh OR other.fresh) AND alike >= %(others)s AND similarity(one.maker, other.maker) >= %(makers)s
)
INSERT INTO registry_alikeproducts (one_id, other_id, score) SELECT one_id, other_id, round(score) FROM pairs
ON CONFLICT (one_id, other_id) DO UPDATE SET score = EXCLUDED.score
"""  # noqa: S608 - no value of anybody is in it
FORGET = """
DELETE FROM registry_{pairs} USING registry_{rows} AS row
WHERE (row.id = one_id OR row.id = other_id) AND (row.changed_at >= %(since)s OR row.ended_on IS NOT NULL)
"""


@transaction.atomic
def find_alike(*, since: datetime | None = None) -> dict[str, int]:
    """Finds the pairs anew in which one row was changed since, or all; gives how many of each kind were found.

    Rows are compared within their amphoe or tambon, in blocks of BLOCK at most, so the cost grows with the rows and not
    with their square; in a greater block only equal names of one tambon are put together.
    """
    values = {
        "since": since or "-infinity", "whole": since is None, "block": BLOCK, "here": LEAST_HERE, "near": LEAST_NEAR, "own": LEAST_OWN,
        "others": LEAST_OTHERS, "makers": LEAST_MAKERS, "maker_noise": PRODUCER_NOISE,
    }  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for rows, pairs, sql, noise in (
            ("producer", "alikeproducers", PRODUCERS, PRODUCER_NOISE), ("product", "alikeproducts", PRODUCTS, PRODUCT_NOISE)
        ):  # fmt: skip
            cursor.execute(FORGET.format(pairs=pairs, rows=rows), values)
            cursor.execute(sql, values | {"noise": noise})
            found[pairs] = cursor.rowcount
    return found


def ask_for_finding(*, by: User | None, whole: bool, at: datetime | None = None) -> Job:
    """The finding as a job: of everything (each night), or of what changed since the last one."""
    return enqueue(KIND, ALL if whole else LATELY, by=by, at=at)


def run_finding(job: Job) -> dict[str, Any]:
    """What the worker does; without an earlier finding everything is compared."""
    begun = moment(None)
    done = Job.objects.filter(kind=KIND, state=JobState.DONE).exclude(result=None).order_by("-finished_at").first()
    since = None
    if job.subject == LATELY and done is not None and "begun" in done.result:
        since = datetime.fromisoformat(done.result["begun"]) - OVERLAP
    return find_alike(since=since) | {"begun": begun.isoformat()}


@transaction.atomic
def tell_distinct(*, by: User | None, one: Producer | Product, other: Producer | Product, at: datetime | None = None) -> None:
    """Keeps the word that two rows are not the same; it holds until what is compared of one of them is changed.

    Refuses places outside the writer's areas, and a row told apart from itself.
    """
    now = moment(at)
    require(
        may_register_in(by, [one.area, other.area], now), same_origin(one, by), same_origin(other, by), two_different(one, other)
    )
    note_distinct(one, [other], by=by, now=now)
    note("told_distinct", other, by=by, at=now, after={"other": one.public_id})


def note_distinct(row: Producer | Product, others: Sequence[Producer | Product], *, by: User | None, now: datetime) -> None:
    """The rows of the word that `row` is none of `others`, with its line of history; for actions that have asked the rules."""
    model = DistinctProducers if isinstance(row, Producer) else DistinctProducts
    rows = type(row).objects.filter(pk__in=[row.pk, *(other.pk for other in others)])
    digests = dict(rows.values_list("pk", told(model.FIELDS)))
    for other in others:
        first, second = sorted((row.pk, other.pk))
        model.objects.create(
            one_id=first, other_id=second, one_told=digests[first], other_told=digests[second], by=by, at=now
        )
        note("told_distinct", row, by=by, at=now, after={"other": other.public_id})
