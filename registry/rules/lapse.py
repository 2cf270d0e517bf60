"""When a letter counts as received though nobody saw it arrive.

Only registered post has such a day, by section 71 of the Administrative Procedure Act. A notice on the site and a mail
have none: the one is received when its recipient opens it, of the other the register knows what the mail server said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.models import LapseRule, Notice, NoticeState


@dataclass(frozen=True, slots=True)
class Lapse:
    """From which day a letter counts as received, because it was posted on `posted_on` and `rule` held then."""

    posted_on: date
    day: date
    rule: LapseRule
    is_past: bool  # whether that day has come


def rule_for(rules: Iterable[LapseRule], way: str, on: date) -> LapseRule | None:
    """The rule in force for a letter posted in this way on this day."""
    fitting = [rule for rule in rules if rule.way == way and (rule.starts_on is None or rule.starts_on <= on)]
    return max(fitting, key=lambda rule: rule.starts_on or date.min, default=None)


def lapse_of(notice: Notice, rules: Iterable[LapseRule], today: date) -> Lapse | None:
    """The lapse of a letter; None when it was seen to arrive, came back, or went another way.

    Nothing of it is stored: proof that it arrived sooner, later or not at all takes its place as soon as it is recorded.
    """
    on = notice.posted_on
    if notice.state != NoticeState.SENT or on is None:
        return None
    rule = rule_for(rules, notice.posted_as, on)
    if rule is None:
        return None
    day = on + timedelta(days=rule.days)
    return Lapse(on, day, rule, day <= today)
