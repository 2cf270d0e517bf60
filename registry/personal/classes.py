"""The class of every field of every row: public, internal, personal or secret; a test is red when a field has none.

public: may stand on a public page. internal: for people with an office or seat. personal: of a living person; masked,
kept out of logs, jobs and caches. secret: a key to somebody's identity or to the system; as personal, and never shown
without a reason. Fields that many rows share are told once.
"""

from collections.abc import Mapping
from enum import StrEnum


class FieldClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105 - a word


SHARED = {
    "public": "public_id code name_en origin level stars year_be round_key order number letter valid_from valid_to",
    "internal": "id version created_at created_by changed_at changed_by at by name_key name_sort state",
}

# model → class → its fields; a model's own line goes before SHARED
OWN: Mapping[str, Mapping[str, str]] = {
    "registry.Area": {"public": "name_th parent source lft rght tree_id depth state_of"},
    "registry.AreaSuccession": {"public": "old new on source"},
    "registry.AreaChange": {"public": "kind on gazette source_note orders", "internal": "done_at"},
    "registry.PlaceQuestion": {"internal": "change area producer product answer"},
    "registry.User": {
        "secret": "password", "personal": "username title name_th name_en email",
        "internal": "last_login is_superuser is_staff is_active groups user_permissions",
    },
    "registry.Appointment": {
        "internal": "user office area kind leads position stands_as stands_for reason starts_on ends_on order_no order_on"
        " end_reason end_order_no taken_back",
    },
    "registry.OfficeTitle": {"public": "office leads where title_th title_en spaced source_note_th source_note_en"},
    "registry.Handover": {"internal": "appointment taker order_no held_on body given_at taken_at"},
    "registry.HandoverRecord": {"internal": "handover body digest"},
    "registry.LoginCode": {"internal": "user used_at", "secret": "digest"},
    "registry.Committee": {"internal": "kind area category name_th"},
    "registry.Seat": {"internal": "committee user role starts_on ends_on taken_back"},
    "registry.FormerName": {"internal": "committee name_th reason"},
    "registry.Job": {
        "internal": "kind subject done total attempts due_at heartbeat_at finished_at note_th note_en result",
    },
    # a single owner's shop is as a rule called after its owner: a trade name, which the public list shows
    "registry.Producer": {"public": "type name area village", "internal": "registered_on ended_on merged_into"},
    "registry.ProducerFact": {"internal": "producer on type area active"},
    "registry.Category": {"public": "name_th"},
    "registry.CategoryLabel": {"public": "category name_th source_note"},
    "registry.SubCategory": {"public": "category name_th source_note"},
    "registry.Product": {
        "public": "producer category subcategory name area village story wisdom materials process packaging price_baht"
        " capacity_month unit",
        "internal": "category_suggested registered_on ended_on merged_into not_live_plant wisdom_holder_public",
        "personal": "wisdom_holder",  # a name that is public only where its bearer agreed
    },
    "registry.AlikeProducers": {"internal": "one other score"},
    "registry.AlikeProducts": {"internal": "one other score"},
    "registry.DistinctProducers": {"internal": "one other one_told other_told"},
    "registry.DistinctProducts": {"internal": "one other one_told other_told"},
    "registry.QualityCount": {"internal": "week check_name area count rows"},
    "registry.Photo": {"public": "product place digest width height widths focus_x focus_y alt_th alt_en", "internal": "ended_at"},
    "registry.Material": {"public": "product place name area country share", "internal": "ended_at"},
    "registry.SalesPlace": {"public": "product place kind name", "internal": "ended_at"},
    "registry.Prize": {"public": "product place name giver", "internal": "ended_at"},
    "registry.ProductFact": {"internal": "product on category area active"},
    "registry.ProductSource": {"internal": "product source source_ref"},
    "registry.ImportFile": {
        "internal": "name digest rows notice job taken problem_th problem_en columns whole erased_at", "personal": "file table",
    },
    "registry.ColumnMap": {"internal": "user digest fields"},
    "registry.ImportRow": {
        "internal": "file source source_ref outcome reason field message_th message_en area_code product producer changes",
        "personal": "said",
    },
    "registry.StarQuote": {"public": "product source", "internal": "file"},
    "registry.Question": {
        "internal": "identity kind choices message_th message_en area first_row answer answered_at answered_by product",
        "personal": "said",
    },
    "registry.Leaf": {"internal": "index kind body hash public"},
    "registry.LedgerHead": {"internal": "size"},
    "registry.History": {"internal": "act kind row before after acting_as"},
    "registry.FormKey": {"internal": "user key answer"},
    "registry.Draft": {"internal": "user page", "personal": "typed"},
    "registry.Listing": {
        "public": "product name producer_name category area area_path_th area_path_en region_code province_code"
        " amphoe_code tambon_code searched certificate_no announced_on",
    },
    "registry.LoginTry": {"internal": "pair"},
    "registry.Meeting": {"internal": "kind area committee notice_on held_on place present minutes"},
    "registry.Attendance": {"internal": "meeting seat"},
    "registry.Standard": {
        "public": "name_th issuer_th issuer_en number_pattern number_example number_confirmed validity_months"
        " validity_confirmed source_note_th source_note_en categories",
    },
    "registry.Conformity": {"public": "product standard no_end", "internal": "paper"},
    "registry.ExpiryNotice": {"internal": "conformity days"},
    "registry.QuadrantQuestion": {"public": "text_th text_en confirmed source_note_th source_note_en"},
    "registry.QuadrantItem": {"public": "text_th text_en confirmed source_note_th source_note_en question"},
    "registry.QuadrantKind": {
        "public": "text_th text_en confirmed source_note_th source_note_en meaning_th meaning_en mark_th mark_en",
    },
    "registry.Classification": {
        "internal": "product standard potential process development market said quadrant mark premium rule note",
    },
    # scans hold names and numbers of people, and so may the name somebody gave the file
    "registry.Paper": {"internal": "kind area sha256 size media_type erased_at", "personal": "name file"},
    "registry.RegistrationWindow": {"public": "fiscal_year_be quarter opens_on closes_on source_note", "internal": "renew_before"},
    "registry.PaperNeed": {"public": "name_th source_note for_group for_owner for_sme must"},
    "registry.CheckItem": {"public": "name_th source_note per_product strikes may_not_apply"},
    "registry.Registration": {
        "internal": "producer window renews type turn filed_on area site site_address founded_on members juristic_number"
        " thai_nationals link_labour link_material link_management link_benefit products",
    },
    "registry.RegistrationPaper": {"internal": "registration need paper taken_back_at"},
    "registry.RegistrationCheck": {"internal": "registration turn passed position words"},
    "registry.CheckLine": {"internal": "check_of item product answer note"},
    "registry.RegistrationDecision": {"internal": "registration turn meeting verdict reason voters"},
    "registry.OldCode": {"internal": "producer product scheme"},
    "registry.SalesChannel": {"public": "name_th other_names active source_note"},
    "registry.Threshold": {"public": "name_th value source_note"},
    "registry.Sale": {"internal": "producer area month channel satang source supersedes"},
    "registry.Confirmation": {"internal": "producer answer"},
    # the words are written for one recipient; of people they hold nothing but what a letter's producer told itself
    "registry.Notice": {
        "internal": "kind channel area user producer person committee batch about_kind about key language title words reference"
        " position sender approved_by approved_at sent_at delivered_at posted_as posted_on attempts due_at message_id",
    },
    "registry.NoticeBatch": {
        "internal": "kind channel area committee within_days title words language reference total approved_by approved_at",
    },
    "registry.LapseRule": {"public": "way days starts_on law_th law_en confirmed source_note_th source_note_en"},
    "registry.NoticeEvent": {"internal": "notice act on reply queue_id"},
    "registry.LetterCode": {"internal": "notice expires_at used_at ended_at", "secret": "digest bound"},
    "registry.Person": {
        "internal": "producer role title left_on erased_at erased_why", "personal": "first_name last_name phone address",
        "secret": "national_id national_id_key phone_key",
    },
    "registry.Consent": {"internal": "person kind way paper given_on withdrawn_on"},
    "registry.RevealLog": {"internal": "kind person fields reason words"},
    "registry.RetentionRule": {
        "internal": "kind name_th needed_while_registered keep_days erase_after_days ground_th ground_en source_note",
    },
    "selection.CriteriaSet": {"public": "name_th category edition official source_note_th source_note_en"},
    "selection.Part": {"public": "name_th criteria_set stage"},
    "selection.Group": {"public": "name_th part"},
    "selection.Item": {"public": "name_th group"},
    "selection.DescribedLevel": {"public": "item points text_th text_en"},
    "selection.WorkedExample": {"public": "criteria_set sheets total"},
    "selection.Round": {
        "public": "name_th key kind register_closes_on validity_years spread_limit quorum_percent notice_days"
        " appeal_days source_note_th source_note_en opened_at",
    },
    "selection.Stage": {
        "public": "round opens_on closes_on order_by scope promotion quota least_total tie_rule award_up_to"
        " asks_eligibility",
    },
    "selection.StarBand": {"public": "round least"},
    "selection.RoundCriteria": {"public": "round category criteria_set"},
    "selection.RoundStandard": {"public": "round category standard"},
    "selection.Entry": {"internal": "round product category area stage entered_on withdrawn_on"},
    "selection.Panel": {"internal": "stage area category committee meeting"},
    "selection.ForumLine": {
        "internal": "panel entry wisdom wisdom_evidence material material_evidence plan plan_evidence votes chosen reason",
    },
    "selection.RankLine": {"internal": "panel entry place reason chosen_at_edge edge_reason"},
    "selection.DecisionLine": {"internal": "panel entry outcome reason"},
    "selection.Assignment": {"internal": "panel entry seat sample_no"},
    "selection.Recusal": {"internal": "panel entry seat reason"},
    "selection.PanelDecision": {"internal": "panel entry kind reason"},
    "selection.Signing": {"internal": "panel lines"},
    "selection.Award": {"public": "total stage", "internal": "entry round round_kind panel"},
    "selection.Announcement": {"public": "round announced_on", "internal": "meeting"},
    "selection.Certificate": {"public": "award announcement"},
    "selection.SupportLine": {"internal": "panel area entry help budget amount_baht"},
    "selection.Ranking": {"internal": "panel stage area category inputs digest reason"},
    "selection.Placement": {"internal": "ranking entry place total up reason"},
    "selection.YearlyReport": {"public": "edition as_at frozen body digest", "internal": "job"},
    "selection.Figure": {"public": "report measure split key key2 value unit"},
    "selection.Sheet": {"internal": "panel entry part seat turn marks total comment reason nonce supersedes"},
    "selection.SheetDraft": {"internal": "panel entry part seat marks comment reason"},
}


def _spread(told: Mapping[str, str]) -> dict[str, FieldClass]:
    return {field: FieldClass(level) for level, fields in told.items() for field in fields.split()}


_SHARED = _spread(SHARED)
CLASSES: Mapping[str, Mapping[str, FieldClass]] = {model: _spread(told) for model, told in OWN.items()}


def class_of(model: str, field: str) -> FieldClass | None:
    """The class of a field of `registry.Producer` and the like; None when nobody has said."""
    own = CLASSES.get(model)
    return None if own is None else own.get(field, _SHARED.get(field))
