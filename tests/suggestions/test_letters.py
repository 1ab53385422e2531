"""转来信: nothing of the words of a concrete case stays anywhere."""

from datetime import date

import pytest
from django.apps import apps

from staff.models import Department, User
from suggestions import actions
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
WORDS = "某某讨薪一案"


def places_of(words: str) -> list[str]:
    found = []
    for model in apps.get_models():
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                if words in str(getattr(row, field.attname)):
                    found.append(f"{model.__name__}.{field.name}")
    return found


def test_what_was_written_before_it_turned_out_to_be_a_case_goes(
    office: User, leader: User, department: Department
) -> None:
    suggestion = make.handling(office, department, title=f"{WORDS}的建议", text=WORDS)
    make.draft(suggestion, office, text=WORDS, summary=WORDS)
    make.consulted(suggestion, office, heard=WORDS)
    actions.add_step(suggestion=suggestion, happened_on=date(2026, 4, 1), what=WORDS, by=office)
    wish = {"until": date(2026, 7, 1), "reason": WORDS, "consent": WORDS, "today": make.ASSIGNED}
    extension = actions.ask_extension(suggestion=suggestion, by=office, **wish)
    actions.grant_extension(extension=extension, today=make.ASSIGNED, by=leader, remark=WORDS)
    handed_back = actions.hand_back(suggestion=suggestion, reason=WORDS, by=office)
    assert "Step.what" in places_of(WORDS)

    letter = actions.transfer(suggestion=handed_back, letter_number="来信15", by=office)

    assert places_of(WORDS) == []
    assert not letter.proposers.exists()
    assert letter.transitions.latest("pk").remark == "来信编号来信15"
