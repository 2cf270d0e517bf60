"""Addresses of the selection and of the public catalogue."""

from django.urls import URLPattern, URLResolver, path, re_path

from selection.views import (
    areas,
    catalogue,
    criteria,
    criteria_writing,
    explanations,
    forum,
    home,
    national,
    panels,
    plans,
    rankings,
    reports,
    rounds,
    sheets,
)

app_name = "selection"
urlpatterns: list[URLPattern | URLResolver] = []

# reports
urlpatterns += [
    path("reports/", reports.ReportList.as_view(), name="report-list"),
    re_path(r"^reports/(?P<year>\d{4})/$", reports.ReportShow.as_view(), name="report-show"),
    re_path(r"^reports/(?P<year>\d{4})/figures\.(?P<kind>xlsx|csv)$", reports.ReportFile.as_view(), name="report-file"),
]

# public: the front page, the catalogue, areas
urlpatterns += [
    path("", home.HomeShow.as_view(), name="home"),
    path("products/", catalogue.CatalogueList.as_view(), name="catalogue-list"),
    path("products/<public_id:pid>/", catalogue.ProductShow.as_view(), name="product-show"),
    path("products/<public_id:pid>/explanation.json", explanations.ExplanationShow.as_view(), name="explanation-show"),
    path("areas/", areas.AreaList.as_view(), name="area-list"),
    re_path(r"^areas/(?P<code>[0-9A-Z-]{2,8})/$", areas.AreaShow.as_view(), name="area-show"),
]

# rounds, criteria, forums
urlpatterns += [
    path("rounds/", rounds.RoundList.as_view(), name="round-list"),
    path("rounds/new/", rounds.RoundNew.as_view(), name="round-new"),
    path("rounds/<slug:key>/", rounds.RoundShow.as_view(), name="round-show"),
    path("rounds/<slug:key>/edit/", rounds.RoundEdit.as_view(), name="round-edit"),
    path("rounds/<slug:key>/open/", rounds.RoundOpen.as_view(), name="round-open"),
    path("rounds/<slug:key>/close/", rounds.RoundClose.as_view(), name="round-close"),
    path("rounds/<slug:key>/stages/<int:number>/close/", rounds.StageClose.as_view(), name="stage-close"),
    path("rounds/<slug:key>/forums/", forum.ForumList.as_view(), name="forum-list"),
    path("criteria/", criteria.CriteriaList.as_view(), name="criteria-list"),
    path("criteria/new/", criteria_writing.CriteriaNew.as_view(), name="criteria-new"),
    path("criteria/sample/", criteria_writing.CriteriaSample.as_view(), name="criteria-sample"),
    path("criteria/<public_id:pid>/edit/", criteria_writing.CriteriaEdit.as_view(), name="criteria-edit"),
    path("criteria/<public_id:pid>/activate/", criteria.CriteriaActivate.as_view(), name="criteria-activate"),
    path("criteria/<public_id:pid>/table.csv", criteria.CriteriaTable.as_view(), name="criteria-table"),
    path("criteria/<public_id:pid>/", criteria.CriteriaShow.as_view(), name="criteria-show"),
    path("forums/<public_id:pid>/", forum.ForumShow.as_view(), name="forum-show"),
    path("forums/<public_id:pid>/sitting/", forum.ForumRecord.as_view(), name="forum-record"),
    path("forums/<public_id:pid>/bring/", forum.ForumBring.as_view(), name="forum-bring"),
    path("forums/<public_id:pid>/products/<public_id:line>/", forum.ForumLineRecord.as_view(), name="forum-line"),
    path("forums/<public_id:pid>/products/<public_id:line>/take-back/", forum.ForumTakeBack.as_view(), name="forum-take-back"),
    path("forums/<public_id:pid>/products/<public_id:line>/choose/", forum.ForumChoose.as_view(), name="forum-choose"),
    path("forums/<public_id:pid>/settle/", forum.ForumSettle.as_view(), name="forum-settle"),
]

# panels: committees at stages 2, 3 and 5, judges at stage 4
urlpatterns += [
    path("rounds/<slug:key>/panels/", panels.PanelList.as_view(), name="panel-list"),
    path("rounds/<slug:key>/panels/convene/", panels.PanelConvene.as_view(), name="panel-convene"),
    path("rounds/<slug:key>/announce/", national.Announce.as_view(), name="round-announce"),
    path("panels/<public_id:pid>/", panels.PanelShow.as_view(), name="panel-show"),
    path("panels/<public_id:pid>/meeting/", panels.MeetingSave.as_view(), name="panel-meet"),
    path("panels/<public_id:pid>/recusals/", panels.RecusalAdd.as_view(), name="panel-recuse"),
    path("panels/<public_id:pid>/apart/<slug:n>/", panels.ApartDecide.as_view(), name="panel-decide"),
    path("panels/<public_id:pid>/settle/", panels.PanelSettle.as_view(), name="panel-settle"),
    path("panels/<public_id:pid>/order/", rankings.OrderSave.as_view(), name="ranking-save"),
    path("panels/<public_id:pid>/edge/", rankings.EdgeChoose.as_view(), name="ranking-choose"),
    path("panels/<public_id:pid>/plan/", plans.SupportAdd.as_view(), name="plan-add"),
    path("panels/<public_id:pid>/plan/<public_id:line_id>/drop/", plans.SupportDrop.as_view(), name="plan-drop"),
    path("panels/<public_id:pid>/sheets/", sheets.SheetList.as_view(), name="sheet-list"),
    path("panels/<public_id:pid>/sheets/<slug:n>/<slug:part>/", sheets.SheetShow.as_view(), name="sheet-show"),
    path("panels/<public_id:pid>/sheets/<slug:n>/<slug:part>/sign/", sheets.SheetSign.as_view(), name="sheet-sign"),
    path("panels/<public_id:pid>/decisions/", national.DecideRest.as_view(), name="national-fill"),
    path("panels/<public_id:pid>/decisions/<public_id:entry_id>/", national.DecisionSave.as_view(), name="national-decide"),
    path("panels/<public_id:pid>/certify/", national.Certify.as_view(), name="national-certify"),
]
