"""The rules of a round in sentences, each with where it comes from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from selection.models import OrderBy, PromotionKind, Round, Scope, Stage, TieRule

LEVEL_ABOVE = {1: 2, 2: 3, 3: 4, 4: 5}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A rule in words, under a short heading, with its source."""

    heading: str
    text: str
    source: str = ""


def points(hundredths: int) -> str:
    """Hundredths as people read them: 9000 → 90.00."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def stage_title(number: int) -> str:
    """What a stage does, in two or three words."""
    return {
        1: _("Tambon forum"), 2: _("Amphoe committee"), 3: _("Province committee"),
        4: _("Category panels"), 5: _("National committee"),
    }[number]  # fmt: skip


def stage_name(number: int) -> str:
    """A stage in one word, for a row of five."""
    return {1: _("tambon"), 2: _("amphoe"), 3: _("province"), 4: _("assessment"), 5: _("certifying")}[number]


def stage_deed(number: int) -> str:
    """Who does what at a stage, in one sentence."""
    return {
        1: _("Villagers choose their tambon's outstanding products by three tests and by votes."),
        2: _("The amphoe ranks what its tambons sent up and joins plans and budgets."),
        3: _("The province ranks what its amphoes sent up and scores the parts that are its own."),
        4: _("Judges of each category score blind samples, one product after another."),
        5: _("The national committee certifies the stars; a central officer announces them."),
    }[number]


def stage_sentences(stage: Stage) -> list[str]:
    """How a stage orders, who goes up, and what happens to a tie."""
    said = [_ordered(stage), _goes_up(stage)]
    if stage.number in (2, 3, 4) and stage.promotion in (PromotionKind.QUOTA, PromotionKind.QUOTA_AND_LEAST):
        said.append({
            TieRule.ALL_UP: _("Products that tie at the edge of the quota all go up."),
            TieRule.COMMITTEE: _("Among products that tie at the edge the committee chooses, with a reason."),
        }[TieRule(stage.tie_rule)])  # fmt: skip
    if stage.asks_eligibility:
        said.append(_("A product without an accepted standard stays at this stage."))
    if stage.award_up_to and stage.number < 5:
        said.append(_("A product that stops here may keep up to %(stars)s stars.") % {"stars": stage.award_up_to})
    return [sentence for sentence in said if sentence]


def _ordered(stage: Stage) -> str:
    order = {
        OrderBy.FORUM: _("The order is the forum's decision; departing from the votes needs a reason."),
        OrderBy.MEMBERS: _("The order comes from the members' own rankings."),
        OrderBy.COMMITTEE: _("The order is the committee's decision, with a reason for every place."),
        OrderBy.TOTAL: _("The order follows the totals."),
    }[OrderBy(stage.order_by)]
    if stage.scope != Scope.CATEGORY:
        return order
    return _("%(order)s Each category is ordered by itself.") % {"order": order}


def _goes_up(stage: Stage) -> str:
    if stage.number not in LEVEL_ABOVE:
        return ""
    said = {"quota": stage.quota, "least": points(stage.least_total or 0)}
    return {
        PromotionKind.ALL: _("All products go up."),
        PromotionKind.QUOTA: _("At most %(quota)s products go up from each place."),
        PromotionKind.LEAST: _("Products with at least %(least)s points go up."),
        PromotionKind.QUOTA_AND_LEAST: _(
            "At most %(quota)s products with at least %(least)s points go up from each place."
        ),
    }[PromotionKind(stage.promotion)] % said


def meeting_sentences(round_: Round) -> list[Sentence]:
    """Quorum, notice, conflicts, appeal: the Administrative Procedure Act unless the round says otherwise."""
    return [
        Sentence(
            _("Quorum"),
            _("At least %(percent)s %% of the members, with the chair or a deputy.") % {"percent": round_.quorum_percent},
            _source(79, round_.quorum_percent == Round._meta.get_field("quorum_percent").default),
        ),
        Sentence(
            _("Notice of a meeting"),
            _("In writing, at least %(days)s days ahead.") % {"days": round_.notice_days},
            _source(80, round_.notice_days == Round._meta.get_field("notice_days").default),
        ),
        Sentence(
            _("Conflict of interest"),
            _("A member who is party, kin, creditor, debtor or employer leaves for that product, and the minutes say so."),
            _source(13, True),
        ),
        Sentence(
            _("Appeal"),
            _("Within %(days)s days from delivery of the result.") % {"days": round_.appeal_days},
            _source(44, round_.appeal_days == Round._meta.get_field("appeal_days").default),
        ),
    ]


def scoring_sentences(round_: Round) -> list[Sentence]:
    """How marks become a total, when a panel lies apart, how long a certificate runs."""
    of_round = _("rule of this round")
    return [
        Sentence(
            _("Total of the marks"),
            _("The exact mean of the members' sheets, part by part; only the sum is rounded, once, half up, to 0.01."),
            of_round,
        ),
        Sentence(
            _("Members far apart"),
            _("More than %(percent)s %% of the panel's own maximum: every member signs a second sheet with a reason.")
            % {"percent": points(round_.spread_limit)},
            of_round,
        ),
        Sentence(
            _("Certificate"),
            _("Valid for %(years)s years from its announcement.") % {"years": round_.validity_years},
            of_round,
        ),
    ]


def _source(section: int, as_in_the_act: bool) -> str:
    if not as_in_the_act:
        return _("set for this round")
    return _("Administrative Procedure Act B.E. 2539, s. %(section)s") % {"section": section}
