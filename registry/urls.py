"""Addresses of the register."""

from django.urls import URLPattern, URLResolver, path, register_converter

from registry.converters import DigestConverter, PublicIdConverter
from registry.views import (
    areas,
    drafts,
    goods,
    imports,
    papers,
    people,
    persons,
    photos,
    producers,
    products,
    quadrants,
    questions,
    registration_desk,
    registrations,
    reveals,
    standards,
    theme,
    worklist,
)

register_converter(PublicIdConverter, "public_id")
register_converter(DigestConverter, "digest")

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
        "register/products/<public_id:public_id>/standards/new/", standards.ConformityNew.as_view(),
        name="conformity-new",
    ),
    # registrations: written in steps, filed, checked, decided
    path("producers/<public_id:public_id>/registrations/new/", registrations.RegistrationNew.as_view(), name="registration-new"),
    path("producers/<public_id:public_id>/codes/new/", registration_desk.OldCodeNew.as_view(), name="old-code-new"),
    path("registrations/", registrations.RegistrationList.as_view(), name="registration-list"),
    path("registrations/windows/", registration_desk.WindowList.as_view(), name="window-list"),
    path("registrations/windows/new/", registration_desk.WindowNew.as_view(), name="window-new"),
    path("registrations/windows/<public_id:public_id>/", registration_desk.WindowEdit.as_view(), name="window-edit"),
    path("registrations/<public_id:public_id>/", registrations.RegistrationShow.as_view(), name="registration-show"),
    path("registrations/<public_id:public_id>/facts/", registrations.RegistrationFacts.as_view(), name="registration-facts"),
    path("registrations/<public_id:public_id>/link/", registrations.RegistrationLink.as_view(), name="registration-link"),
    path("registrations/<public_id:public_id>/goods/", registrations.RegistrationGoods.as_view(), name="registration-goods"),
    path("registrations/<public_id:public_id>/papers/", registrations.RegistrationPapers.as_view(), name="registration-papers"),
    path(
        "registrations/<public_id:public_id>/papers/<public_id:paper_id>/back/", registrations.PaperTakeBack.as_view(),
        name="registration-paper-back",
    ),
    path("registrations/<public_id:public_id>/file/", registrations.RegistrationFile.as_view(), name="registration-file"),
    path("registrations/<public_id:public_id>/withdraw/", registrations.RegistrationWithdraw.as_view(), name="registration-withdraw"),
    path("registrations/<public_id:public_id>/check/", registration_desk.RegistrationCheckPage.as_view(), name="registration-check"),
    path("registrations/<public_id:public_id>/print/", registration_desk.RegistrationPrint.as_view(), name="registration-print"),
    path("committees/<public_id:public_id>/registrations/", registration_desk.RegistrationDecide.as_view(), name="registration-decide"),
    path(
        "register/products/<public_id:public_id>/standards/notes/", standards.ConformityNotes.as_view(),
        name="conformity-notes",
    ),
    path(
        "register/products/<public_id:public_id>/standards/<public_id:held>/edit/", standards.ConformityEdit.as_view(),
        name="conformity-edit",
    ),
    path(
        "register/products/<public_id:public_id>/quadrant/", quadrants.ClassificationNew.as_view(),
        name="classification-new",
    ),
    path("standards/expiring/", standards.ExpiringList.as_view(), name="expiring-list"),
    path("standards/", standards.StandardList.as_view(), name="standard-list"),
    path("papers/<public_id:public_id>/", papers.PaperShow.as_view(), name="paper-show"),
    # people of a producer: personal data
    path("producers/<public_id:public_id>/people/new/", persons.PersonNew.as_view(), name="person-new"),
    path("people/search/", persons.PersonSearch.as_view(), name="person-search"),
    path("people/retention/", reveals.Retention.as_view(), name="retention"),
    path("people/<public_id:public_id>/", persons.PersonShow.as_view(), name="person-show"),
    path("people/<public_id:public_id>/edit/", persons.PersonEdit.as_view(), name="person-edit"),
    path("people/<public_id:public_id>/reveal/", reveals.PersonReveal.as_view(), name="person-reveal"),
    path("people/<public_id:public_id>/copy/", reveals.PersonCopy.as_view(), name="person-copy"),
    path("people/<public_id:public_id>/erase/", reveals.PersonErase.as_view(), name="person-erase"),
    path("people/<public_id:public_id>/consents/new/", persons.ConsentNew.as_view(), name="consent-new"),
    path("consents/<public_id:public_id>/withdraw/", persons.ConsentWithdraw.as_view(), name="consent-withdraw"),
    path("register/products/<public_id:public_id>/making/", goods.ProductMaking.as_view(), name="product-making"),
    path("register/products/<public_id:public_id>/selling/", goods.ProductSelling.as_view(), name="product-selling"),
    # photographs of a product, and their files
    path("register/products/<public_id:public_id>/photos/", photos.PhotoList.as_view(), name="photo-list"),
    path("register/photos/<public_id:public_id>/", photos.PhotoEdit.as_view(), name="photo-edit"),
    path("register/photos/<public_id:public_id>/move/", photos.PhotoMove.as_view(), name="photo-move"),
    path("register/photos/<public_id:public_id>/end/", photos.PhotoEnd.as_view(), name="photo-end"),
    path("photos/<digest:digest>-<int:width>.webp", photos.PhotoFile.as_view(), name="photo-file"),
    # files that come in
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/new/", imports.ImportNew.as_view(), name="import-new"),
    path("imports/<public_id:public_id>/", imports.ImportShow.as_view(), name="import-show"),
    path("imports/<public_id:public_id>/confirm/", imports.ImportConfirm.as_view(), name="import-confirm"),
    path("imports/<public_id:public_id>/result.csv", imports.ImportResult.as_view(), name="import-result"),
    path("questions/", questions.QuestionList.as_view(), name="question-list"),
    path("questions/<public_id:public_id>/", questions.QuestionAnswer.as_view(), name="question-answer"),
]
