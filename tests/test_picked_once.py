"""Whoever is picked in a form is drawn once, in the chip: taking the chip away takes the person away."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from deputies.models import Deputy
from staff.models import User
from tests.deputies.factories import logged, person
from tests.suggestions.factories import registered

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person(by=office)


def drawn(page: bytes, name: str) -> list[str]:
    return re.findall(rf'<input type="hidden" name="{name}" value="(\d+)"', page.decode())


def test_in_the_quick_log_opened_from_a_file(login: Login, office: User, deputy: Deputy) -> None:
    page = login(office).get(f"/contacts/quick/?deputy={deputy.pk}")
    assert drawn(page.content, "deputies") == [str(deputy.pk)]


def test_in_a_form_that_comes_back_with_errors(login: Login, office: User, deputy: Deputy) -> None:
    page = login(office).post("/contacts/quick/", {"deputies": [deputy.pk]})
    assert page.status_code == 422
    assert drawn(page.content, "deputies") == [str(deputy.pk)]


def test_in_the_correction_of_a_contact(login: Login, office: User, deputy: Deputy) -> None:
    contact = logged(by=office, deputies=[deputy])
    page = login(office).get(reverse("deputies:contact-edit", args=[contact.pk]))
    assert drawn(page.content, "deputies") == [str(deputy.pk)]


def test_in_the_correction_of_a_suggestion(login: Login, office: User, deputy: Deputy) -> None:
    joint = person("单小明", by=office)
    suggestion = registered(office, joint, lead=deputy)
    page = login(office).get(reverse("suggestions:edit", args=[suggestion.pk]))
    assert drawn(page.content, "lead") == [str(deputy.pk)]
    assert drawn(page.content, "joint") == [str(joint.pk)]


def test_in_a_new_activity_that_comes_back_with_errors(login: Login, office: User, deputy: Deputy) -> None:
    page = login(office).post(reverse("activities:new"), {"deputies": [deputy.pk]})
    assert page.status_code == 422
    assert drawn(page.content, "deputies") == [str(deputy.pk)]
