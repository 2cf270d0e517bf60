"""What PostgreSQL holds by itself, tried by raw SQL as the role of the app: append-only, frozen, in order, never mixed."""

from contextlib import contextmanager

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from registry.models import Origin
from selection.actions import forum, rankings, rounds
from selection.models import Assignment, Award, Certificate, Entry, Panel, Placement, Ranking, RoundKind, Sheet
from tests import make
from tests.selection import make as way

RESTRICT, NO_RIGHT, FOREIGN, CHECK, UNIQUE = "23001", "42501", "23503", "23514", "23505"
APPEND_ONLY = {
    "registry_history", "registry_leaf", "registry_producerfact", "registry_productfact", "selection_announcement",
    "selection_award", "selection_certificate", "selection_paneldecision", "selection_placement", "selection_ranking",
    "selection_recusal", "selection_sheet",
}  # fmt: skip


@contextmanager
def denied(code):
    """Inside the block PostgreSQL refuses with this SQLSTATE, and nothing stays of it."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.pgcode == code, caught.value


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def rows(sql):
    return [row[0] for row in run(sql)]


def append_only_tables():
    return set(rows("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"))


# --- append-only -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_app_is_no_owner_and_no_superuser():
    assert run("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user") == [("otop_app", False)]
    assert not rows("SELECT tablename FROM pg_tables WHERE tableowner = current_user")


@pytest.mark.django_db
def test_these_tables_are_append_only():
    assert append_only_tables() >= APPEND_ONLY


@pytest.mark.django_db
def test_the_app_can_only_add_to_them():
    for table in sorted(append_only_tables()):
        columns = rows(f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped")
        first = columns[0]
        for sql in (
            f'UPDATE {table} SET "{first}" = "{first}"',
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"TRUNCATE {table} CASCADE",
            f'INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ("{first}") DO UPDATE SET "{first}" = EXCLUDED."{first}"',
            f"ALTER TABLE {table} DISABLE TRIGGER append_only",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TRIGGER append_only ON {table}",
            f"DROP TABLE {table} CASCADE",
            f"SELECT * FROM {table} FOR UPDATE",
        ):
            with pytest.raises(DatabaseError) as caught, transaction.atomic():
                run(sql)
            assert caught.value.__cause__.pgcode == NO_RIGHT, (sql, caught.value)
        run(f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER")  # PostgreSQL only warns, and grants nothing
        assert run(f"SELECT has_table_privilege('{table}', 'UPDATE, DELETE, TRUNCATE')") == [(False,)]


@pytest.mark.django_db
def test_nobody_gets_round_the_triggers_or_writes_the_ledger_by_hand():
    for sql in (
        "SET session_replication_role = replica",
        "SET ROLE otop_owner",
        "INSERT INTO registry_leaf (index, kind, body, hash, public, at) VALUES (0, 'award', '{}', sha256('{}'), true, now())",
        "UPDATE registry_ledgerhead SET size = 0",
        "DELETE FROM registry_ledgerhead",
        "SELECT make_append_only('selection_entry')",
        "CREATE OR REPLACE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ):
        with denied(NO_RIGHT):
            run(sql)


@pytest.mark.slow
def test_the_owner_too_is_stopped_by_the_triggers(own_db):
    with transaction.atomic():
        way.through(6)
    link = psycopg2.connect(own_db.owner_url)
    link.autocommit = True
    with link.cursor() as cursor:
        for table in sorted(APPEND_ONLY):
            cursor.execute(f"SELECT count(*) FROM {table}")
            if not cursor.fetchone()[0]:
                continue
            column = "place" if table == "selection_placement" else "at"
            for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                with pytest.raises(psycopg2.Error) as caught:
                    cursor.execute(sql)
                assert caught.value.pgcode == RESTRICT, (sql, caught.value)
    link.close()


# --- frozen rules ------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(db):
    return way.open_round(standards={"food": ["fda"]})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE selection_round SET validity_years = 9",
        "UPDATE selection_round SET state = 'draft'",
        "UPDATE selection_stage SET quota = 9",
        "UPDATE selection_stage SET state = 'waiting'",
        "DELETE FROM selection_stage",
        "UPDATE selection_starband SET least = 1 WHERE stars = 2",
        "DELETE FROM selection_starband",
        "INSERT INTO selection_starband (round_id, stars, least) SELECT id, 1, 1 FROM selection_round",
        "DELETE FROM selection_roundcriteria",
        "UPDATE selection_roundcriteria SET category_id = category_id",
        "DELETE FROM selection_roundstandard",
        "UPDATE selection_criteriaset SET official = true",
        "UPDATE selection_criteriaset SET state = 'draft'",
        "DELETE FROM selection_describedlevel",
        "UPDATE selection_describedlevel SET points = points + 1",
        "UPDATE selection_item SET name_th = 'x'",
        "DELETE FROM selection_group",
        "UPDATE selection_part SET stage = 3",
        "UPDATE selection_workedexample SET stars = 1",
        "DELETE FROM selection_workedexample",
        "INSERT INTO selection_describedlevel (item_id, points, text_th, text_en) SELECT id, 1, 'x', '' FROM selection_item",
    ],
)
def test_the_rules_of_an_open_round_and_an_active_set_are_frozen(opened, sql):
    with denied(RESTRICT):
        run(sql)


def test_a_row_cannot_be_moved_away_from_what_froze_it(opened):
    draft = way.criteria_set("food", active=False)
    with denied(RESTRICT):
        run("UPDATE selection_part SET criteria_set_id = %s WHERE criteria_set_id <> %s", draft.pk, draft.pk)
    other = way.draft_round("2570")
    with denied(RESTRICT):
        run("UPDATE selection_roundstandard SET round_id = %s", other.pk)
    with denied(RESTRICT):
        run("UPDATE selection_stage SET round_id = %s WHERE round_id = %s AND number = 1", other.pk, opened.pk)


def test_a_stage_once_closed_stays_closed(opened):
    rounds.close_stage(stage=way.stage(opened, 1), by=way.central())
    with denied(RESTRICT):
        run("UPDATE selection_stage SET state = 'open' WHERE number = 1")


# --- entries -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_entry_rises_only_by_a_placement_of_its_stage():
    done = way.through(1)
    with denied(RESTRICT):
        Entry.objects.update(stage=3)  # nobody placed it at stage 2
    with denied(RESTRICT):
        Entry.objects.update(stage=1)
    with denied(RESTRICT):
        Entry.objects.update(stage=4)
    Entry.objects.filter(pk=done.entries[0].pk).update(state="withdrawn")
    with denied(RESTRICT):
        Entry.objects.filter(pk=done.entries[0].pk).update(state="competing")


@pytest.mark.django_db
def test_an_entry_begins_at_stage_one_with_the_origin_of_its_product():
    round_, product = way.open_round(), make.product()
    values = {"round": round_, "product": product, "category": product.category, "area": product.area, "entered_on": way.today()}
    for stage, state in ((2, "competing"), (1, "decided")):
        with denied(RESTRICT):
            Entry.objects.create(**values, origin="real", stage=stage, state=state)
    with denied(FOREIGN):
        Entry.objects.create(**values, origin=Origin.SAMPLE)
    entry = Entry.objects.create(**values, origin="real")
    with denied(UNIQUE):
        Entry.objects.create(**values, origin="real")
    for changes in ({"area": make.area(make.SISTER)}, {"category": make.category("food")}, {"origin": "sample"}):
        with denied(RESTRICT):
            Entry.objects.filter(pk=entry.pk).update(**changes)
    with denied(RESTRICT):
        Entry.objects.filter(pk=entry.pk).delete()


# --- panels, lines and rankings -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_a_settled_panel_worked_with_is_settled_too():
    done = way.through(2)
    settled = done.panel(2)
    open_one = way.convened(done.round, 3, done.province)
    for sql in (
        "UPDATE selection_forumline SET votes = 99", "DELETE FROM selection_forumline",
        "UPDATE selection_rankline SET place = 9", "DELETE FROM selection_rankline",
        "DELETE FROM selection_supportline", "UPDATE selection_supportline SET amount_baht = 1",
        f"UPDATE selection_rankline SET panel_id = {open_one.pk}",
        f"UPDATE selection_panel SET state = 'open' WHERE id = {settled.pk}",
        f"UPDATE selection_panel SET area_id = {open_one.area_id} WHERE id = {settled.pk}",
    ):  # fmt: skip
        with denied(RESTRICT):
            run(sql)


@pytest.mark.django_db
def test_lines_sheets_and_leavings_are_of_entries_before_the_panel():
    done = way.through(2)
    elsewhere = way.province(make.OTHER_PROVINCE)
    panel, other = way.convened(done.round, 3, done.province), way.convened(done.round, 3, elsewhere)
    entry, seat = done.entries[0], elsewhere.seats[0]
    for table, columns, values in (
        ("rankline", "place, reason, chosen_at_edge, edge_reason, public_id, version", "1, '', false, '', 'AAAAAAAA', 1"),
        ("supportline", "area_id, help, budget, amount_baht, public_id, version", f"{other.area_id}, 'x', 'y', 1, 'AAAAAAAA', 1"),
        ("paneldecision", "kind, reason", "'apart', 'x'"),
        ("recusal", "seat_id, reason", f"{seat.pk}, 'x'"),
        ("assignment", "seat_id, sample_no", f"{seat.pk}, 1"),
    ):
        with denied(RESTRICT):
            run(f"INSERT INTO selection_{table} (panel_id, entry_id, {columns}) VALUES ({other.pk}, {entry.pk}, {values})")
    assert panel.area_id != other.area_id


@pytest.mark.django_db
def test_a_sheet_is_in_order_or_does_not_exist():
    done = way.through(2)
    panel = way.convened(done.round, 3, done.province)
    entry, other = done.entries[:2]
    seat = done.province.seats[0]
    part, wrong = way.part(done.round, entry.category, "ก"), way.part(done.round, entry.category, "ค")
    good = {"panel": panel, "entry": entry, "part": part, "seat": seat, "marks": {"a1.1": 2700}, "total": 2700, "nonce": b"n"}
    first = Sheet.objects.create(**good)
    other_first = Sheet.objects.create(**{**good, "entry": other})
    with denied(UNIQUE):
        Sheet.objects.create(**good)
    with denied(CHECK):
        Sheet.objects.create(**good, supersedes=first)
    for change in (
        {"seat": done.amphoe.seats[0]}, {"part": wrong}, {"supersedes": other_first, "reason": "x"},
        {"panel": done.panel(2), "seat": done.amphoe.seats[0]},
    ):  # fmt: skip
        with denied(RESTRICT):
            Sheet.objects.create(**{**good, **change})
    second = Sheet.objects.create(**good, supersedes=first, reason="แก้")
    with denied(UNIQUE):
        Sheet.objects.create(**good, supersedes=first, reason="แก้อีก")
    rankings.recuse(panel=panel, entry=entry, seat=seat, reason="ญาติ", by=seat.user)
    with denied(RESTRICT):
        Sheet.objects.create(**good, supersedes=second, reason="แก้")


@pytest.mark.django_db
def test_no_sheet_after_the_panel_settled():
    done = way.through(3)
    entry = done.entries[0]
    with denied(RESTRICT):
        Sheet.objects.create(
            panel=done.panel(3), entry=entry, part=way.part(done.round, entry.category, "ก"), seat=done.province.seats[0],
            marks={}, total=1, nonce=b"n",
        )  # fmt: skip


@pytest.mark.django_db
def test_a_ranking_is_of_its_panel_and_names_its_inputs():
    done = way.through(1)
    panel = way.convened(done.round, 2, done.amphoe)
    good = {"panel": panel, "stage": panel.stage, "area": panel.area, "inputs": b"{}"}
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    with denied(RESTRICT):
        Ranking.objects.create(**good, digest="0" * 64)
    with denied(RESTRICT):
        Ranking.objects.create(**{**good, "area": make.area(make.PROVINCE)}, digest=digest)
    with denied(RESTRICT):
        Ranking.objects.create(**{**good, "stage": way.stage(done.round, 3)}, digest=digest)
    ranking = Ranking.objects.create(**good, digest=digest)
    with denied(UNIQUE):
        Ranking.objects.create(**good, digest=digest)
    entry = done.entries[0]
    stranger = way.settled_forum(way.open_round("2570"), [make.product()]).placements.get().entry
    with denied(RESTRICT):
        Placement.objects.create(ranking=ranking, entry=stranger, place=1, up=True)
    with denied(CHECK):
        Placement.objects.create(ranking=ranking, entry=entry, place=0, up=True)
    Placement.objects.create(ranking=ranking, entry=entry, place=1, up=True)
    with denied(UNIQUE):
        Placement.objects.create(ranking=ranking, entry=entry, place=2, up=False)


@pytest.mark.django_db
def test_assignments_and_seats_are_frozen():
    done = way.through(3)
    done.judged()
    for sql in (
        "UPDATE selection_assignment SET sample_no = sample_no + 100", "DELETE FROM selection_assignment",
        "UPDATE registry_seat SET role = 'chair'", "DELETE FROM registry_seat",
    ):  # fmt: skip
        with denied(RESTRICT):
            run(sql)
    run("UPDATE registry_seat SET ends_on = '2040-01-01'")
    assert Assignment.objects.count() == 15


# --- awards -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_rehearsal_has_no_award_whoever_writes_it():
    done = way.through(4, round_=way.open_round("2569-r1", kind=RoundKind.REHEARSAL))
    panel = way.convened(done.round, 5, done.national)
    entry = done.entries[0]
    good = {"entry": entry, "round": done.round, "origin": "real", "panel": panel, "stars": 5, "total": 9000, "stage": 5}
    with denied(FOREIGN):
        Award.objects.create(**good)
    with denied(CHECK):
        Award.objects.create(**good, round_kind="rehearsal")


@pytest.mark.django_db
def test_awards_and_certificates_keep_origin_round_and_number():
    done = way.through(4)
    panel = way.convened(done.round, 5, done.national)
    entry, other = done.entries[0], way.open_round("2570")
    good = {"entry": entry, "round": done.round, "origin": "real", "panel": panel, "stars": 5, "total": 9000, "stage": 5}
    for change, code in (
        ({"origin": "sample"}, FOREIGN), ({"round": other}, FOREIGN), ({"stars": 0}, CHECK), ({"stars": 6}, CHECK),
        ({"total": 10001}, CHECK),
    ):  # fmt: skip
        with denied(code):
            Award.objects.create(**{**good, **change})
    award = Award.objects.create(**good)
    with denied(UNIQUE):
        Award.objects.create(**good)
    ours = done.round.announcements.create(number=1, announced_on=way.today())
    theirs = other.announcements.create(number=1, announced_on=way.today())
    paper = {"award": award, "announcement": ours, "origin": "real", "number": "X-1", "valid_from": way.today(),
             "valid_to": way.today().replace(year=2099)}  # fmt: skip
    for change, code in (
        ({"origin": "sample"}, FOREIGN), ({"announcement": theirs}, RESTRICT), ({"valid_to": way.today()}, CHECK),
    ):  # fmt: skip
        with denied(code):
            Certificate.objects.create(**{**paper, **change})
    Certificate.objects.create(**paper)
    with denied(UNIQUE):
        Certificate.objects.create(**paper)
    with denied(UNIQUE):
        done.round.announcements.create(number=1, announced_on=way.today())


@pytest.mark.django_db
def test_one_panel_for_a_stage_and_area():
    round_ = way.open_round()
    panel = forum.convene_forum(round_=round_, area=make.area(), by=make.recorder())
    with denied(UNIQUE):
        Panel.objects.create(stage=panel.stage, area=panel.area)
