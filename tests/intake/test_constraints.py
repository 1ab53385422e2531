"""The database refuses nonsense about imports."""

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from intake.models import Alias, HeadingSynonym, ImportChange, ImportRow, ImportRun
from staff.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(office: User) -> ImportRun:
    return ImportRun.objects.create(file_name="名册.xlsx", sha256="0" * 64, by=office)


def changed(run: ImportRun, **fields: object) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(**fields)
    return str(error.value)


def refused(model: type[models.Model], **fields: object) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
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


def test_a_run_has_a_known_state(run: ImportRun) -> None:
    assert "import_run_state_known" in changed(run, state="x")


def test_what_is_done_or_undone_has_a_time(run: ImportRun, office: User) -> None:
    now = timezone.now()
    assert "import_run_done_has_a_time" in changed(run, state="done")
    assert "import_run_done_has_a_time" in changed(run, state="undone", undone_at=now, undone_by=office)


def test_only_what_is_undone_has_the_time_of_its_undoing(run: ImportRun, office: User) -> None:
    now = timezone.now()
    assert "import_run_undone_has_a_time" in changed(run, state="undone", done_at=now)
    assert "import_run_undone_has_a_time" in changed(run, undone_at=now, undone_by=office)


def test_a_row_has_a_known_outcome(run: ImportRun) -> None:
    assert "import_row_outcome_known" in refused(ImportRow, run=run, sheet="名册", row=1, outcome="x")


def test_an_alias_is_of_a_known_list_and_has_a_word_and_a_meaning() -> None:
    assert "alias_of_known" in refused(Alias, of="x", word="一部", means="1")
    assert "alias_word_not_blank" in refused(Alias, of="department", word="", means="1")
    assert "alias_means_not_blank" in refused(Alias, of="department", word="一部", means="")


def test_a_word_means_one_thing_in_each_list() -> None:
    Alias.objects.create(of="department", word="一部", means="1")
    Alias.objects.create(of="kind", word="一部", means="1")
    refused(Alias, of="department", word="一部", means="2")
