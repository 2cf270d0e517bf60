"""Meetings: a sitting of a Committee, or the forum of a tambon."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.committees import Committee, Seat
from registry.models.rows import EditableRow


class MeetingKind(models.TextChoices):
    FORUM = "forum", _("Tambon forum")
    SITTING = "sitting", _("Sitting of a committee")


class Meeting(EditableRow):
    """A sitting: when, where, who was there, what was minuted. People at a forum are counted, not named."""

    kind = models.CharField(max_length=8, choices=MeetingKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meetings")
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="meetings")
    number = models.CharField(_("meeting number"), max_length=20, blank=True)
    notice_on = models.DateField(_("notice sent on"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    present = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="forum", committee=None) | models.Q(kind="sitting", committee__isnull=False),
                name="a_sitting_has_a_committee_a_forum_has_none",
            ),
        ]


class Attendance(models.Model):
    """A Seat that was present at a Meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="a_seat_attends_a_meeting_once")]
