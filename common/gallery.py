"""The kit on one page, for whoever builds pages; only with DEBUG."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import trigger_client_event

PEOPLE = [
    SimpleNamespace(pk=1, name="王芳", namesake_hint="知禾中学"),
    SimpleNamespace(pk=2, name="李秋实", namesake_hint=""),
    SimpleNamespace(pk=3, name="迪丽努尔·艾山", namesake_hint=""),
]


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="姓名", help_text="与证件一致")
    level = forms.ChoiceField(label="层级", choices=[("district", "区"), ("city", "市")])
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label="方式", widget=forms.RadioSelect, choices=[("visit", "走访"), ("talk", "座谈")])
    note = forms.CharField(label="联络内容", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField(label="同意使用照片", required=False)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "people": PEOPLE,
        "today": date(2026, 3, 5),
        "form": SampleForm(request.GET if "level" in request.GET else None),
        "page": Paginator(range(120), 50).get_page(request.GET.get("page")),
        "months": [3, 0, 5, 8, 12, 4, 2, 0, 0, 7, 1, 0],
        "rows": [("走访", 34), ("座谈", 12), ("微信", 5)],
    }
    return render(request, "gallery.html", context)


@login_not_required
def dialog(request: HttpRequest) -> HttpResponse:
    """The dialog of the gallery: an invalid form is drawn again with 422, a valid one closes with a toast."""
    form = SampleForm(request.POST or None, prefix="dialog")
    if request.method == "POST" and form.is_valid():
        return trigger_client_event(render(request, "gallery.html#saved"), "closeDialog")
    status = 422 if request.method == "POST" else 200
    return render(request, "gallery.html#dialog", {"form": form}, status=status)


@login_not_required
def pick(request: HttpRequest) -> HttpResponse:
    """Stands in for ``deputies:pick``."""
    found = [person for person in PEOPLE if request.GET.get("q", "") in person.name]
    return render(request, "gallery.html#options", {"found": found})
