"""The pages of suggestions, through the browser's door."""

import pytest
from django.urls import reverse

from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_must_be_answered_and_counts_it(login, office, department):
    make.handling(office, department)
    page = login(office).get(reverse("suggestions:list"))
    assert 'data-count="1"' in page.content.decode()
    assert "关于加强特高压线路走廊保护的建议" in page.content.decode()


@pytest.mark.parametrize("name", ["list", "new"])
def test_each_page_without_an_object_opens(login, office, name):
    assert login(office).get(reverse(f"suggestions:{name}")).status_code == 200


def test_the_whole_story_opens(login, office, department):
    suggestion = make.closed(office, department)
    page = login(office).get(reverse("suggestions:detail", args=[suggestion.pk])).content.decode()
    assert "为什么是这一天" in page
    assert "办理经过" in page
