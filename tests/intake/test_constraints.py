"""The database refuses nonsense about imports."""

import pytest
from django.db import IntegrityError, models
from django.utils import timezone

from intake.models import HeadingSynonym, ImportChange, ImportRun
from staff.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(office: User) -> ImportRun:
    return ImportRun.objects.create(file_name="名册.xlsx", sha256="0" * 64, by=office)


def refused(model: type[models.Model], **fields: object) -> str:
    with pytest.raises(IntegrityError) as error:
        model._default_manager.create(**fields)
    return str(error.value)


def test_a_synonym_is_of_a_known_kind() -> None:
    assert "synonym_kind_known" in refused(HeadingSynonym, kind="x", heading="电话", field="phone")


def test_a_synonym_has_a_heading() -> None:
    assert "synonym_heading_not_blank" in refused(HeadingSynonym, kind="roster", heading="", field="phone")


def test_a_heading_means_one_thing() -> None:
    HeadingSynonym.objects.create(kind="roster", heading="号码", field="phone")
    refused(HeadingSynonym, kind="roster", heading="号码", field="name")


def test_a_run_has_a_file(office: User) -> None:
    assert "file_name_not_blank" in refused(ImportRun, file_name="", sha256="", by=office)


def test_an_undoing_has_a_time_and_a_person(office: User) -> None:
    assert "undone_at_with" in refused(
        ImportRun, file_name="a", sha256="", by=office, undone_at=timezone.now(), undone_by=None
    )


def test_a_change_is_of_a_known_thing(run: ImportRun) -> None:
    assert "import_change_thing_known" in refused(ImportChange, run=run, thing="x", object_id=1)
