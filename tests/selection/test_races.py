"""Two people act in the same moment, in real threads on a database of their own: nothing is lost, nothing doubled."""

import json
import os
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from registry.models import Leaf, LedgerHead, Listing
from registry.refusal import Refused
from selection import scoring
from selection.actions import awards, category_panels, forum, rankings, rounds
from selection.models import (
    Announcement,
    Assignment,
    Award,
    Certificate,
    Entry,
    EntryState,
    ForumLine,
    Panel,
    Placement,
    Ranking,
    Sheet,
)
from selection.recount import recount
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.slow
TIMES = 30 if os.environ.get("OTOP_DEEP") else 3
Act = Callable[[], object]


def race(*acts: Act) -> list[object]:
    """What each act gave, all begun at once: its result, or the codes it was refused with. Any other fault fails."""
    start, given = Barrier(len(acts)), [None] * len(acts)

    def do(place: int, act: Act) -> None:
        try:
            start.wait(20)
            given[place] = act()
        except Refused as refused:
            given[place] = refused.codes
        except Exception as fault:
            given[place] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    faults = [one for one in given if one is None or isinstance(one, Exception)]
    assert not faults, faults
    return given


def ledger_is_whole() -> None:
    indexes = list(Leaf.objects.values_list("index", flat=True))
    assert indexes == list(range(LedgerHead.objects.get().size))


def key(number: int) -> str:
    return str(2569 + number)


def test_bring_and_bring(own_db):
    round_ = way.open_round()
    officer, other = make.recorder(), make.amphoe_officer()
    panel = way.convened_forum(round_, by=officer)
    for _time in range(TIMES):
        product = make.product()
        lines = race(
            lambda product=product: forum.bring(panel=panel, product=product, by=officer),
            lambda product=product: forum.bring(panel=panel, product=product, by=other),
        )
        assert lines[0] == lines[1]
    assert Entry.objects.count() == ForumLine.objects.count() == Leaf.objects.filter(kind="entry").count() == TIMES
    ledger_is_whole()


def test_convene_and_convene(own_db):
    for time in range(TIMES):
        round_ = way.open_round(key(time))
        officer, other = make.recorder(), make.amphoe_officer()
        panels = race(
            lambda: forum.convene_forum(round_=round_, area=make.area(), by=officer),
            lambda: forum.convene_forum(round_=round_, area=make.area(), by=other),
        )
        assert panels[0] == panels[1]
        assert Panel.objects.filter(stage__round=round_).count() == 1


def test_settle_and_settle(own_db):
    for time in range(TIMES):
        done = way.through(1, round_=way.open_round(key(time)))
        panel = done.ranked_amphoe()
        given = race(
            lambda: rankings.settle_ranking(panel=panel, by=done.amphoe.chair),
            lambda: rankings.settle_ranking(panel=panel, by=done.amphoe.secretary),
        )
        assert sum(isinstance(one, Ranking) for one in given) == 1
        assert ["panel_settled"] in given
        assert Placement.objects.filter(ranking__panel=panel).count() == 5
        assert {entry.stage for entry in done.entries} == {3}
    ledger_is_whole()


def test_sign_and_sign_the_same_sheet(own_db):
    done = way.through(2)
    panel = way.convened(done.round, 3, done.province)
    judge = done.province.chair
    for entry in (scoring.standing(panel) * 6)[:TIMES]:
        for letter in "กข":
            before = Sheet.objects.filter(entry=entry, part__letter=letter).count()
            again = {"reason": "แก้ไข"} if before else {}
            given = race(
                lambda: way.signed(panel, entry, letter, 2700, by=judge, **again),
                lambda: way.signed(panel, entry, letter, 2400, by=judge, **again),
            )
            signed = [one for one in given if isinstance(one, Sheet)]
            refused = [one for one in given if not isinstance(one, Sheet)]
            assert all(codes in (["signed_already"], ["second_sheet_reason"]) for codes in refused), given
            live = Sheet.objects.live().filter(entry=entry, part__letter=letter)
            assert live.count() == 1
            assert Sheet.objects.filter(entry=entry, part__letter=letter).count() == before + len(signed)
            assert signed
    assert Leaf.objects.filter(kind="sheet").count() == Sheet.objects.count()
    ledger_is_whole()


def test_many_judges_sign_at_once(own_db):
    done = way.through(2)
    way.province(members=3)
    panel = way.convened(done.round, 3, done.province)
    entries = scoring.standing(panel)
    for _time in range(TIMES):
        given = race(*(
            lambda seat=seat, entry=entry: way.signed(panel, entry, "ก", 2700, by=seat.user, reason="อีกครั้ง")
            for seat, entry in zip(done.province.seats, entries, strict=False)
        ))
        assert all(isinstance(one, Sheet) for one in given), given
    ledger_is_whole()


def test_sign_while_the_province_settles(own_db):
    for time in range(TIMES):
        done = way.through(2, round_=way.open_round(key(time)))
        panel = done.scored_province()
        entry = scoring.standing(panel)[0]
        judge = done.province.members[0]
        signed, ranking = race(
            lambda: way.signed(panel, entry, "ก", 2400, by=judge, reason="ดูอีกครั้ง"),
            lambda: rankings.settle_ranking(panel=panel, by=done.province.chair),
        )
        if isinstance(ranking, Ranking):
            assert isinstance(signed, Sheet) or signed in (["panel_settled", "entry_elsewhere"], ["panel_settled"])
            assert Placement.objects.get(ranking=ranking, entry=entry).total == scoring.totals([entry], up_to_stage=3)[entry.pk]
            assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)
        else:  # the new mark came first, and now the order departs from the marks
            assert isinstance(signed, Sheet)
            assert ranking == ["departs_from_marks"]
    ledger_is_whole()


def test_sign_while_the_stage_is_closed(own_db):
    for time in range(TIMES):
        done = way.through(2, round_=way.open_round(key(time)))
        panel = way.convened(done.round, 3, done.province)
        entry = scoring.standing(panel)[0]
        signed, closed = race(
            lambda: way.signed(panel, entry, "ก", 2700, by=done.province.chair),
            lambda: rounds.close_stage(stage=way.stage(done.round, 3), by=way.central()),
        )
        assert closed.state == "closed"
        assert isinstance(signed, Sheet) or "stage_closed" in signed
        entry.refresh_from_db()
        assert entry.state == EntryState.STOPPED


def test_a_forum_settles_while_its_amphoe_does(own_db):
    for time in range(TIMES):
        done = way.through(1, round_=way.open_round(key(time)))
        panel, officer = done.ranked_amphoe(), make.recorder("460202")
        late = way.convened_forum(done.round, "460202", by=officer)
        line = way.brought(late, make.product(code="460202"), by=officer)
        above, below = race(
            lambda: rankings.settle_ranking(panel=panel, by=done.amphoe.chair),
            lambda: forum.settle_forum(panel=late, by=officer),
        )
        line.entry.refresh_from_db()
        panel.refresh_from_db()
        stuck = line.entry.stage == 2 and line.entry.state == EntryState.COMPETING and panel.state == "settled"
        assert not stuck, (above, below)


def test_convene_judges_and_convene_judges(own_db):
    for time in range(TIMES):
        done = way.through(3, round_=way.open_round(key(time)), products=[make.product()])
        bench = way.judges()
        given = race(*[
            lambda: category_panels.convene_category_panel(round_=done.round, committee=bench.committee, by=way.central())
        ] * 2)
        panels = [one for one in given if isinstance(one, Panel)]
        assert panels
        assert [one for one in given if not isinstance(one, Panel)] in ([], [["convened_already"]])
        assert Assignment.objects.filter(panel__stage__round=done.round).count() == 3
    ledger_is_whole()


def test_certify_and_certify(own_db):
    for time in range(TIMES):
        done = way.through(4, round_=way.open_round(key(time)), products=[make.product()])
        panel = done.decided()
        given = race(*[lambda: awards.certify(panel=panel, by=done.national.chair)] * 2)
        assert sorted(len(one) for one in given) == [1, 1]
        assert ["nothing_to_certify"] in given
        assert Award.objects.filter(round=done.round).count() == 1


def test_announce_and_announce(own_db):
    for time in range(TIMES):
        done = way.through(5, round_=way.open_round(key(time)))
        given = race(*[lambda: awards.announce(round_=done.round, by=way.central())] * 2)
        assert sum(isinstance(one, Announcement) for one in given) == 1
        assert ["nothing_to_announce"] in given
        assert Certificate.objects.filter(award__round=done.round).count() == 5
        numbers = sorted(Certificate.objects.filter(award__round=done.round).values_list("number", flat=True))
        assert numbers == [f"{key(time)}-46-{number:05d}" for number in range(1, 6)]
    assert Listing.objects.count() == Certificate.objects.count()
    leaves = [json.loads(bytes(body)) for body in Leaf.objects.filter(kind="announcement").values_list("body", flat=True)]
    assert [leaf["number"] for leaf in leaves] == [1] * TIMES
    ledger_is_whole()
