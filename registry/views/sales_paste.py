"""Pasting a block of sales from a spreadsheet: read, looked over, then taken in; faulty lines stay in the box."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from registry.actions.drafts import drop_draft, keep_draft
from registry.actions.sales import record_sales
from registry.forms.sales_paste import (
    MOST_SELLERS,
    Block,
    SalesPasteForm,
    read_block,
    read_seen_cells,
    sale_lines,
    written_seen,
)
from registry.models import Sale, SaleSource
from registry.refusal import Conflict, Refusal, require
from registry.rules import amount_looks_odd, grid_area_fits, may_register, month_has_come, thresholds
from registry.thai import month_code
from registry.views.gate import once_or_form
from registry.views.sales import amount_said, area_within_reach, channels_in_use, said, sellers, summary
from registry.views.writing import Writing


class SalesPaste(Writing):
    """The box, what was read from it beside what is stored, and the word to take it in."""

    template_name = "registry/sales_paste.html"
    form_class = SalesPasteForm
    called = gettext_lazy("Sales from a spreadsheet")
    step = 0

    def load(self) -> None:
        self.area = area_within_reach(self.request.user, self.kwargs["code"])
        self.month: date = self.kwargs["month"]
        self.channels = channels_in_use()
        self.context |= {
            "area": self.area, "month_said": said(self.month), "month_code": month_code(self.month),
            "channels": self.channels, "sample": self.request.user.origin == "sample",
        }

    def against(self) -> Iterable[Refusal | None]:
        return [
            grid_area_fits(self.area), may_register(self.request.user, self.area, self.at), month_has_come(self.month, self.at),
        ]  # fmt: skip

    def post(self, request: HttpRequest, **_address: str) -> HttpResponse:
        """Reads the block; with the sender's word takes the good lines in."""
        self.load()
        require(self.against())
        form = SalesPasteForm(request.POST)
        if form.is_valid():
            self.block = self._read(form.cleaned_data["pasted"])
            if "confirm" not in request.POST or not self.block.good:
                form.data = form.data.copy()
                form.data["seen"] = self._look_over(self.block)
                return render(request, self.template_name, {**self.context, "form": form})
        return once_or_form(request, form, lambda: self._noted(form), self.template_name, self.context)

    def _read(self, text: str) -> Block:
        producers = sellers(self.request.user, self.area, self.month)[:MOST_SELLERS]
        return read_block(text, producers, self.channels)

    def _look_over(self, block: Block) -> str:
        """Puts every good line beside what is stored, with warnings; gives what was seen, for the hidden field."""
        rows = Sale.objects.live().filter(month=self.month, producer__in=[line.producer for line in block.good])
        stored = list(rows.select_related("producer", "channel"))
        there = {(row.producer_id, row.channel_id): row.satang for row in stored}
        bounds = thresholds()
        self.context |= {"read": block, "rows": [
            {"line": line, "cells": [self._cell(line, channel, there, bounds) for channel in self.channels]}
            for line in block.good
        ]}  # fmt: skip
        return written_seen(stored)

    def _cell(self, line: Any, channel: Any, there: dict[Any, Any], bounds: dict[str, int]) -> dict[str, Any]:
        satang, stored = line.amounts.get(channel.code), there.get((line.producer.pk, channel.pk))
        odd = amount_looks_odd(satang, None, bounds, line.producer.name, channel)
        replaced = satang is not None and stored is not None and stored != satang
        return {"channel": channel, "satang": satang, "was": stored if replaced else None, "odd": odd}

    def _noted(self, form: forms.Form) -> str:
        lines = sale_lines(self.block, self.channels, read_seen_cells(form.cleaned_data["seen"]))
        try:
            recorded = record_sales(by=self.request.user, month=self.month, lines=lines, source=SaleSource.FILE, at=None)
        except Conflict as conflict:
            words = {line.field: f"{line.producer.name} · {line.channel.name}" for line in lines}
            self.context["conflict"] = [
                (words[name], amount_said(yours), amount_said(conflict.theirs[name])) for name, yours in conflict.yours.items()
            ]
            form.data = form.data.copy()
            form.data["seen"] = self._look_over(self.block)
            raise
        return self._home(summary(recorded))

    def _home(self, words: str) -> str:
        """Where to go: the grid, or the box again with the lines that could not be read."""
        left, page = self.block.left_over(), self.request.path
        if not left:
            drop_draft(by=self.request.user, page=page)
            messages.success(self.request, words)
            return reverse("registry:sales-grid", args=[self.area.code, month_code(self.month), 1])
        keep_draft(by=self.request.user, page=page, typed={"pasted": left})
        messages.warning(self.request, gettext("%(said)s %(count)s lines wait below to be corrected.") % {
            "said": words, "count": len(self.block.faulty),
        })
        return page
