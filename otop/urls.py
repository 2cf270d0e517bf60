"""Where each room's addresses begin: Thai without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from otop import health

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("healthz/", health.health),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("registry.urls")),
        path("", include("selection.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "registry.views.errors.bad_request"
handler403 = "registry.views.errors.forbidden"
handler404 = "registry.views.errors.not_found"
handler500 = "registry.views.errors.server_error"
