"""Addresses of the register."""

from django.urls import URLPattern, URLResolver, path, register_converter

from registry.converters import MonthConverter, PublicIdConverter
from registry.views import (
    areas,
    confirmations,
    drafts,
    imports,
    people,
    producers,
    products,
    questions,
    sales,
    sales_paste,
    sales_totals,
    theme,
    worklist,
)

register_converter(PublicIdConverter, "public_id")
register_converter(MonthConverter, "month")

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", people.Login.as_view(), name="login"),
    path("logout/", people.Logout.as_view(), name="logout"),
    path("theme/", theme.ThemeSet.as_view(), name="theme-set"),
    path("work/", worklist.Worklist.as_view(), name="worklist"),
    path("drafts/", drafts.DraftSave.as_view(), name="draft-save"),
    path("drafts/drop/", drafts.DraftDrop.as_view(), name="draft-drop"),
    path("areas/search/", areas.AreaSearch.as_view(), name="area-search"),
    path("producers/", producers.ProducerList.as_view(), name="producer-list"),
    path("producers/new/", producers.ProducerNew.as_view(), name="producer-new"),
    path("producers/<public_id:public_id>/", producers.ProducerShow.as_view(), name="producer-show"),
    path("producers/<public_id:public_id>/edit/", producers.ProducerEdit.as_view(), name="producer-edit"),
    path("producers/<public_id:public_id>/end/", producers.ProducerEnd.as_view(), name="producer-end"),
    path("producers/<public_id:public_id>/products/new/", products.ProductNew.as_view(), name="product-new"),
    path("register/products/", products.ProductList.as_view(), name="product-list"),
    path("register/products/<public_id:public_id>/", products.ProductShow.as_view(), name="product-show"),
    path("register/products/<public_id:public_id>/edit/", products.ProductEdit.as_view(), name="product-edit"),
    path("register/products/<public_id:public_id>/end/", products.ProductEnd.as_view(), name="product-end"),
    path(
        "register/products/<public_id:public_id>/standards/new/", products.ConformityNew.as_view(),
        name="conformity-new",
    ),
    # what is sold, and whether people still produce
    path("sales/", sales.SalesHome.as_view(), name="sales-home"),
    path("sales/<slug:code>/<month:month>/<int:page>/", sales.SalesGrid.as_view(), name="sales-grid"),
    path("sales/areas/<slug:code>/<int:year>/", sales_totals.SalesArea.as_view(), name="sales-area"),
    path("confirmations/", confirmations.ConfirmList.as_view(), name="confirm-list"),
    path("producers/<public_id:public_id>/confirm/", confirmations.ProducerConfirm.as_view(), name="producer-confirm"),
    path("staleness/<slug:code>/", confirmations.Staleness.as_view(), name="staleness"),
    path("staleness/<slug:code>/areas.<slug:kind>", confirmations.Staleness.as_view(), name="staleness-file"),
    path("sales/<slug:code>/<month:month>/paste/", sales_paste.SalesPaste.as_view(), name="sales-paste"),
    # files that come in
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/new/", imports.ImportNew.as_view(), name="import-new"),
    path("imports/<public_id:public_id>/", imports.ImportShow.as_view(), name="import-show"),
    path("imports/<public_id:public_id>/confirm/", imports.ImportConfirm.as_view(), name="import-confirm"),
    path("imports/<public_id:public_id>/result.csv", imports.ImportResult.as_view(), name="import-result"),
    path("questions/", questions.QuestionList.as_view(), name="question-list"),
    path("questions/<public_id:public_id>/", questions.QuestionAnswer.as_view(), name="question-answer"),
]
