"""Reference data for administrators, and the people of the system to look up; rows are never deleted."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Appointment,
    Area,
    Category,
    CategoryLabel,
    Committee,
    LapseRule,
    Office,
    QuadrantItem,
    QuadrantKind,
    QuadrantQuestion,
    RetentionRule,
    SalesChannel,
    Seat,
    Standard,
    SubCategory,
    Threshold,
    User,
)
from registry.rules import offices_at


def front_door(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The admin has no door of its own: strangers go to the braked one, everybody else who may not enter finds nothing."""
    if request.user.is_authenticated:
        raise Http404
    return HttpResponseRedirect(f"{reverse('registry:login')}?{urlencode({'next': request.get_full_path()})}")


admin.site.login = front_door
admin.site.site_header = _("Reference data of the register")
admin.site.site_title = admin.site.site_header


def administers(user: User) -> bool:
    """An administrator in office today, or the superuser made on the command line to appoint the first one."""
    return user.is_superuser or any(held.office == Office.ADMINISTRATOR for held in offices_at(user, timezone.now()))


class ForAdministrators(admin.ModelAdmin):
    """Seen by administrators only; nothing can be deleted, and nothing added or changed unless a subclass says so."""

    actions = None
    may_add = may_change = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and administers(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and administers(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Area)
class AreaAdmin(ForAdministrators):
    list_display = ["code", "level", "name_th", "name_en", "valid_from", "valid_to"]
    list_filter = ["level"]
    search_fields = ["code", "name_th", "name_en"]
    exclude = ["lft", "rght", "tree_id", "depth"]
    list_select_related = True


@admin.register(Category)
class CategoryAdmin(ForAdministrators):
    may_change = True
    list_display = ["code", "name_th", "name_en", "order"]
    readonly_fields = ["code"]


@admin.register(SubCategory)
class SubCategoryAdmin(ForAdministrators):
    may_add = may_change = True
    list_display = ["code", "category", "name_th", "name_en", "source_note"]


@admin.register(CategoryLabel)
class CategoryLabelAdmin(ForAdministrators):
    may_add = may_change = True
    list_display = ["category", "valid_from", "name_th", "name_en", "source_note"]


class StandardForm(forms.ModelForm):
    def clean_number_pattern(self) -> str:
        pattern: str = self.cleaned_data["number_pattern"]
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValidationError(_("This is not a regular expression. Leave it empty to warn about nothing.")) from error
        return pattern


@admin.register(Standard)
class StandardAdmin(ForAdministrators):
    may_add = may_change = True
    form = StandardForm
    list_display = ["code", "name_th", "issuer_th", "number_pattern", "number_confirmed", "validity_months", "validity_confirmed"]
    filter_horizontal = ["categories"]


@admin.register(QuadrantQuestion, QuadrantItem, QuadrantKind)
class WordedAdmin(ForAdministrators):
    """The words of the quadrants; which answers lead where is the table of `registry.quadrant`, not data."""

    may_change = True
    list_display = ["__str__", "confirmed"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        names = {field.name for field in self.model._meta.fields}
        return [name for name in ("number", "code", "letter", "question") if name in names]


@admin.register(RetentionRule)
class RetentionRuleAdmin(ForAdministrators):
    may_change = True
    list_display = ["kind", "name_th", "needed_while_registered", "keep_days", "erase_after_days"]
    readonly_fields = ["kind"]


@admin.register(SalesChannel)
class SalesChannelAdmin(ForAdministrators):
    may_add = may_change = True
    list_display = ["code", "name_th", "name_en", "active", "order", "source_note"]

    def get_readonly_fields(self, request: HttpRequest, obj: SalesChannel | None = None) -> list[str]:
        return ["code"] if obj else []


@admin.register(Threshold)
class ThresholdAdmin(ForAdministrators):
    may_change = True
    list_display = ["code", "value", "name_th", "source_note"]
    readonly_fields = ["code"]


@admin.register(LapseRule)
class LapseRuleAdmin(ForAdministrators):
    may_add = may_change = True
    list_display = ["way", "days", "starts_on", "law_th", "confirmed"]


@admin.register(User)
class UserAdmin(ForAdministrators):
    """To look up; logins and appointments are made on the pages of the people."""

    list_display = ["username", "name_th", "origin", "is_active"]
    search_fields = ["username", "name_th", "name_en"]
    fields = ["username", "title", "name_th", "name_en", "email", "is_staff", "is_active"]


@admin.register(Appointment)
class AppointmentAdmin(ForAdministrators):
    list_display = ["user", "office", "area", "kind", "starts_on", "ends_on", "order_no"]
    list_filter = ["office", "kind"]
    search_fields = ["user__username", "user__name_th", "order_no"]
    list_select_related = ["user", "area"]


class SeatInline(admin.TabularInline):
    model = Seat
    fields = readonly_fields = ["user", "role", "starts_on", "ends_on"]
    can_delete = False
    extra = max_num = 0


@admin.register(Committee)
class CommitteeAdmin(ForAdministrators):
    list_display = ["name_th", "kind", "area", "category", "origin"]
    list_filter = ["kind"]
    inlines = [SeatInline]
