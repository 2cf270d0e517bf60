"""Which columns the lists of offices have when they go out: who holds what, what may be twice, what was written and sent."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.alike import reasons
from registry.clock import bangkok_day
from registry.exports.lists import ORIGIN, choice, day, named, places
from registry.exports.tables import Column, Table
from registry.models import (
    AppointmentKind,
    BatchState,
    ChangeKind,
    ChangeState,
    Channel,
    CommitteeKind,
    ImportState,
    LapseRule,
    Notice,
    NoticeKind,
    NoticeState,
    Office,
    SeatRole,
)
from registry.rules.lapse import lapse_of


def yes(value: Any) -> str:
    return str(_("Yes")) if value else ""


def full_name(user: Any) -> str:
    """Who holds a public office is named by it, on the page as in the file."""
    return str(user.full_name)


def last_day(held: Any) -> str:
    """The last day of an appointment; one that was taken back before its first day has none."""
    if held.taken_back:
        return gettext("taken back")
    return day(held.ends_on) if held.ends_on else ""


def time_day(value: datetime) -> str:
    """The day of a moment in Bangkok."""
    return day(bangkok_day(value))


OFFICERS = Table("officers", _("Officers"), "registry.Appointment", (
    Column(_("Name"), "user", full_name, 30), Column(_("Office"), "office", choice(Office), 28), *places("area"),
    Column(_("heads the office"), "leads", yes, 12), Column(_("How it is held"), "kind", choice(AppointmentKind), 24),
    Column(_("Stands in for"), "stands_for", full_name, 30), Column(_("Own position"), "position", width=30),
    Column(_("From"), "starts_on", day, 12), Column(_("To"), "", last_day, 12, computed=True), Column(_("Order number"), "order_no"),
    Column(_("Date of the order"), "order_on", day, 12), ORIGIN,
))  # fmt: skip

COMMITTEES = Table("committees", _("Committees"), "registry.Committee", (
    Column(_("Register number"), "public_id", width=14), Column(_("Name in Thai"), "name_th", width=40),
    Column(_("Name in English"), "name_en", width=30), Column(_("Kind of committee"), "kind", choice(CommitteeKind), 24),
    Column(_("Category"), "category", named, 24), *places("area"), Column(_("Members today"), "seated", width=10, computed=True),
    Column(_("Has a chair"), "chaired", yes, 10, computed=True), Column(_("Has a secretary"), "secretary", yes, 10, computed=True), ORIGIN,
))  # fmt: skip

MEMBERS = Table("members", _("Members of committees"), "registry.Seat", (
    Column(_("Register number of the committee"), "committee__public_id", width=14),
    Column(_("Committee"), "committee__name_th", width=40), *places("committee__area"), Column(_("Role"), "role", choice(SeatRole), 20),
    Column(_("Name"), "user", full_name, 30), Column(_("From"), "starts_on", day, 12), Column(_("To"), "ends_on", day, 12),
))  # fmt: skip

SENDINGS = Table("sendings", _("Sendings to many"), "registry.NoticeBatch", (
    Column(_("Number of the sending"), "public_id", width=14), Column(_("What it is about"), "kind", choice(NoticeKind), 24),
    Column(_("Subject"), "title", width=40), Column(_("State"), "state", choice(BatchState), 24),
    Column(_("By which way"), "channel", choice(Channel), 14), *places("area"), Column(_("Recipients"), "total", width=10),
    Column(_("Number of the letter"), "reference"), Column(_("Begun"), "created_at", time_day, 12),
    Column(_("Approved on"), "approved_at", time_day, 12), ORIGIN,
))  # fmt: skip

IMPORTS = Table("imports", _("Imports"), "registry.ImportFile", (
    Column(_("Import number"), "public_id", width=14), Column(_("File"), "name", width=40),
    Column(_("State"), "state", choice(ImportState), 28), Column(_("Rows"), "rows", width=10),
    Column(_("Sent"), "created_at", time_day, 12), Column(_("Sender"), "created_by", full_name, 30), ORIGIN,
))  # fmt: skip

AREA_CHANGES = Table("area-changes", _("Changes of areas"), "registry.AreaChange", (
    Column(_("Number of the change"), "public_id", width=14), Column(_("Kind"), "kind", choice(ChangeKind), 14),
    Column(_("Area codes"), "orders", lambda orders: ", ".join(orders["areas"]), 24), Column(_("Takes effect on"), "on", day, 12),
    Column(_("State"), "state", choice(ChangeState), 20), Column(_("Legal reference"), "gazette", width=40),
))  # fmt: skip


def sent(rules: Iterable[LapseRule], today: date) -> Table:
    """Letters, mails and messages, with the day from which a letter counts as received by lapse of time under `rules`."""
    def by_lapse(notice: Notice) -> str:
        lapse = lapse_of(notice, rules, today)
        return day(lapse.day) if lapse else ""

    return Table("notices", _("Letters and mails"), "registry.Notice", (
        Column(_("Notice number"), "public_id", width=14), Column(_("Recipient"), "recipient", width=40, computed=True),
        Column(_("What it is about"), "kind", choice(NoticeKind), 24), Column(_("Subject"), "title", width=40),
        Column(_("By which way"), "channel", choice(Channel), 14), Column(_("State"), "state", choice(NoticeState), 28), *places("area"),
        Column(_("Number of the letter"), "reference"), Column(_("Approved on"), "approved_at", time_day, 12),
        Column(_("Left on"), "sent_at", time_day, 12), Column(_("Delivered on"), "delivered_at", time_day, 12),
        Column(_("Posted by registered post on"), "posted_on", day, 12),
        Column(_("Counts as received from"), "", by_lapse, 12, computed=True), ORIGIN,
    ))  # fmt: skip


def pairs(of_products: bool) -> Table:
    """Rows that may be one and the same: what is known of each side by side, and why they are thought to be one."""
    name = _("Product name") if of_products else _("Producer name")
    sides = [*_side("one", 1, name, of_products), *_side("other", 2, name, of_products)]
    kind = "Products" if of_products else "Producers"
    return Table(f"alike-{kind.lower()}", _("Perhaps twice in the register"), f"registry.Alike{kind}", (
        Column(_("Likeness"), "score", width=10), Column(_("In common"), "", in_common, 30, computed=True), *sides,
    ))  # fmt: skip


def in_common(pair: Any) -> str:
    """Why two rows are thought to be one, in words."""
    return ", ".join(map(str, reasons(pair.one, pair.other)))


def _side(path: str, number: int, name: Any, of_products: bool) -> list[Column]:
    """The columns of one of the two, their headings numbered."""
    maker = [Column(_("Producer name"), "producer__name", width=40)] if of_products else []
    columns = [
        Column(_("Register number"), "public_id", width=14), Column(name, "name", width=40), *maker, Column(_("Village"), "village"),
        *places("area"),
    ]  # fmt: skip
    return [
        Column(format_lazy("{} ({})", one.heading, number), f"{path}__{one.field}", one.write, one.width) for one in columns
    ]
