"""The ledger: list, one contact, mending it, taking it back, what was said and promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from common.conflicts import conflict
from common.denied import Stale
from common.forms import possible_keys
from common.http import paginate
from common.sheets import xlsx_response
from deputies import actions, policies, sheets
from deputies.filters import ContactFilter
from deputies.forms import ContactEditForm, FollowUpForm, OpinionForm
from deputies.models import Contact
from deputies.models.contact import ContactQuerySet
from deputies.views.answers import dialog, done, listing, refuse_lost_version, told
from deputies.views.contact_page import show
from staff import audit
from staff.permissions import P, StaffRequest, requires


def _filtered(request: StaffRequest) -> tuple[ContactFilter, ContactQuerySet]:
    """The one queryset of list, count and export."""
    ledger = Contact.objects.visible_to(request.user)
    chosen = ContactFilter(request.GET, queryset=ledger, today=timezone.localdate(), user=request.user)
    return chosen, chosen.qs.newest_first().with_people()


@requires(P.CONTACT_VIEW)
@require_GET
def contact_list(request: StaffRequest) -> HttpResponse:
    chosen, contacts = _filtered(request)
    return listing(request, "deputies/contacts.html", chosen, {"page": paginate(request, contacts)})


@requires(P.DEPUTY_EXPORT)
@require_GET
def contacts_export(request: StaffRequest) -> HttpResponse:
    chosen, contacts = _filtered(request)
    rows = list(sheets.contact_rows(contacts))
    audit.exported("contact", by=request.user, query=chosen.query, rows=len(rows))
    return xlsx_response("联络台账", sheets.CONTACT_HEADINGS, rows, note=chosen.sentence(len(rows), "次"))


@requires(P.CONTACT_VIEW)
@require_GET
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.within_reach_of(request.user).with_people(), pk=pk)
    return show(request, found)


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    policies.check_can_edit_contact(request.user, found)
    today = timezone.localdate()
    form = ContactEditForm(request.POST or None, instance=found, today=today, initial={"version": found.version})
    if request.method != "POST":
        return render(request, "deputies/contact_form.html", {"form": form, "contact": found})
    if not form.is_valid():
        refuse_lost_version(form)
        return render(request, "deputies/contact_form.html", {"form": form, "contact": found}, status=422)
    try:
        actions.edit_contact(contact=found, expected=form.cleaned_data["version"], by=request.user, **form.facts())
    except Stale:
        found.refresh_from_db()
        return conflict(request, "deputies/contact_form.html", form, found, {"contact": found}, today=today)
    return done(request, "已保存", reverse("deputies:contact", args=[pk]))


@requires(P.CONTACT_LOG)
@require_POST
def contact_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.within_reach_of(request.user), pk=pk)
    versions = possible_keys([request.POST.get("version")])
    actions.withdraw_contact(contact=found, by=request.user, expected=int(versions[0]) if versions else None)
    back, undo = (reverse(f"deputies:{name}", args=[pk]) for name in ("contact", "contact-restore"))
    return told(request, "已撤回，这次联络不再计入", back=back, event="contactsChanged", undo_url=undo)


@requires(P.CONTACT_LOG)
@require_POST
def contact_restore(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.within_reach_of(request.user), pk=pk)
    actions.restore_contact(contact=found, by=request.user)
    return told(request, "已恢复", back=reverse("deputies:contact", args=[pk]), event="contactsChanged")


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def opinion_new(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.within_reach_of(request.user), pk=pk)
    policies.check_can_add(request.user, found)
    form, back = OpinionForm(request.POST or None, contact=found), reverse("deputies:contact", args=[pk])
    if not form.is_valid():
        return dialog(request, form, title="登记意见", back=back)
    opinion = actions.record_opinion(contact=found, by=request.user, **form.facts())
    return _kept(request, "已登记意见", back, "deputies/opinion_kept.html", {"opinion": opinion})


@requires(P.CONTACT_LOG)
@require_http_methods(["GET", "POST"])
def follow_up_new(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contact.objects.within_reach_of(request.user), pk=pk)
    policies.check_can_add(request.user, found)
    form, back = (
        FollowUpForm(request.POST or None, initial={"owner": request.user}),
        reverse("deputies:contact", args=[pk]),
    )
    if not form.is_valid():
        return dialog(request, form, title="登记后续事项", back=back)
    actions.add_follow_up(contact=found, by=request.user, **form.facts())
    return _kept(request, "已登记后续事项", back, "deputies/told.html", {"undo_url": ""})


def _kept(request: StaffRequest, sentence: str, back: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """On the page of the contact: that page again. From the toast of a quick log nobody is led to another page."""
    if not request.htmx or request.htmx.current_url_abs_path == back:
        return done(request, sentence, back)
    response = render(request, template, {"sentence": sentence, **context})
    trigger_client_event(response, "contactsChanged")
    return trigger_client_event(response, "closeDialog")
