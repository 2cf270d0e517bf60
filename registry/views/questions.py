"""The questions that imports leave: a list by place, and one page on which somebody who knows the place decides."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.drafts import drop_draft
from registry.actions.imports import answer_question, dismiss_question
from registry.forms.imports import DismissForm, Picks, QuestionForm
from registry.intake.columns import FIELDS
from registry.intake.sentences import label
from registry.models import Question, User
from registry.paging import page_of
from registry.refusal import Refusal, require
from registry.rules import may_register, may_register_somewhere, question_is_open
from registry.views.choosing import texts_typed
from registry.views.drafts import draft_of, page_in_thai
from registry.views.gate import Gated, once_or_form
from registry.views.imports import REASONS
from registry.views.writing import restore_areas, texts_of

TEMPLATE, DISMISS = "registry/question_answer.html", "dismiss"


def seen_by(user: User) -> QuerySet[Question]:
    return Question.objects.visible_to(user).select_related(
        "area__parent__parent__parent", "created_by", "answered_by", "product", "first_row__file"
    )  # fmt: skip


class QuestionList(Gated, View):
    """Open questions about the user's areas, oldest first, narrowed by what is doubtful."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kind = request.GET.get("kind", "")
        waiting = Question.objects.visible_to(request.user).open()
        kinds = [
            (name, REASONS.get(name, name), count)
            for name, count in waiting.order_by()
            .values_list("kind")
            .annotate(count=Count("pk"))
            .order_by("-count", "kind")
        ]
        rows = seen_by(request.user).open()
        page = page_of(rows.filter(kind=kind) if kind in REASONS else rows, request.GET.get("page"))
        return render(request, "registry/question_list.html", {"page_obj": page, "kinds": kinds, "kind": kind})


class QuestionAnswer(Gated, View):
    """One question: what the row says, what it may be, and why nobody else's answer is overwritten."""

    called = gettext_lazy("Answer to a question of an import")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        question = get_object_or_404(seen_by(request.user), public_id=public_id)
        draft = draft_of(request.user, request.path)
        typed = {} if draft is None else texts_of(draft)
        dismiss = DismissForm(initial=typed if DISMISS in typed else None)
        form = self._form(question, initial={} if DISMISS in typed else typed)
        if draft is not None:
            restore_areas(form, draft)
        return render(request, TEMPLATE, {
            **self._about(question, request.user), "form": form, "answering": form, "dismiss": dismiss, "draft": draft,
            "dismissing": DISMISS in typed, "typed": [] if draft is None else texts_typed(dismiss if DISMISS in typed else form),
        })  # fmt: skip

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        question = get_object_or_404(seen_by(request.user), public_id=public_id)
        require(_against(question, request.user))
        context = self._about(question, request.user)
        dismissing = DismissForm(request.POST if DISMISS in request.POST else None)
        answering = self._form(question, None if DISMISS in request.POST else request.POST)
        form, act = (dismissing, self._dismiss) if DISMISS in request.POST else (answering, self._answer)
        context |= {
            "answering": answering, "dismiss": dismissing, "dismissing": form is dismissing, "typed": texts_typed(form),
        }  # fmt: skip
        return once_or_form(request, form, lambda: act(question, form), TEMPLATE, context)

    def _form(self, question: Question, data: Any = None, **begun: Any) -> QuestionForm:
        user = self.request.user
        return QuestionForm(data, question=question, picks=Picks.of(question, user), user=user, **begun)

    def _answer(self, question: Question, form: QuestionForm) -> str:
        product = answer_question(by=self.request.user, question=question, choice=form.answer())
        messages.success(self.request, _("Taken in: %(name)s.") % {"name": product.name})
        return self._next(question)

    def _dismiss(self, question: Question, form: DismissForm) -> str:
        dismiss_question(by=self.request.user, question=question, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The row was not taken in; the reason is kept."))
        return self._next(question)

    def _next(self, question: Question) -> str:
        """On to the next question of the same kind, else to the list; nothing typed here waits any longer."""
        drop_draft(by=self.request.user, page=page_in_thai(self.request.path))
        following = (
            Question.objects.visible_to(self.request.user)
            .open()
            .filter(kind=question.kind)
            .exclude(pk=question.pk)
            .first()
        )
        return (
            reverse("registry:question-answer", args=[following.public_id])
            if following
            else reverse("registry:question-list")
        )

    def _about(self, question: Question, user: User) -> dict[str, Any]:
        said = [(label(field), question.said[field]) for field in FIELDS if field in question.said]
        answered = question_is_open(question)
        return {
            "question": question,
            "said": said,
            "blocked": _against(question, user),
            "answered": answered,
            "reason": REASONS.get(question.kind, ""),
            "how": (question.answer or {}).get("how", ""),
            "sample": question.origin == "sample",
        }


def _against(question: Question, user: User) -> list[Refusal]:
    """Why this user may not answer: he looks at the place from a seat, not from an office."""
    at = timezone.now()
    check = may_register_somewhere(user, at) if question.area is None else may_register(user, question.area, at)
    return [check] if check is not None else []
