"""Earlier suggestions on the same matter pop up at registration, with what was answered then."""

from typing import Any

import pytest

from staff.models import Department, User
from suggestions import actions
from suggestions.similar import Earlier, similar
from tests.suggestions import factories as make

MANHOLES = "关于加强窨井盖安全管理的建议"
KNOWN = [
    MANHOLES,
    "关于整治电动自行车飞线充电的提案",
    "关于完善新就业群体权益保障的提案",
    "关于加强商业秘密司法保护的提案",
    "关于加强校园周边点播影院管理的建议",
    "关于保护双桥古井群的提案",
]
EARLIER = [Earlier(number, title, "") for number, title in enumerate(KNOWN)]
EARLIER[2] = Earlier(2, KNOWN[2], "外卖骑手等群体社会保障不足、维权难。")


@pytest.mark.parametrize(
    ("title", "found", "shared"),
    [
        ("窨井盖安全隐患排查", MANHOLES, ("窨井盖安全",)),
        ("关于治理电动自行车违规充电的提案", KNOWN[1], ("电动自行车", "充电")),
        ("关于外卖骑手权益的提案", KNOWN[2], ("外卖骑手", "权益")),
        ("商业秘密保护", KNOWN[3], ("商业秘密", "保护")),
    ],
)
def test_the_same_matter_is_found_in_other_words_and_says_which_words(
    title: str, found: str, shared: tuple[str, ...]
) -> None:
    best = similar(title, EARLIER)[0]
    assert (KNOWN[best.pk], best.shared) == (found, shared)


@pytest.mark.parametrize("title", ["", "关于", "关于加强管理工作的建议", "关于建设更多停车场的建议", "井", "🙂🙂🙂"])
def test_what_every_title_says_finds_nothing(title: str) -> None:
    assert similar(title, EARLIER) == []


def test_no_more_than_three_are_shown_the_most_alike_first() -> None:
    many = [Earlier(n, f"关于窨井盖安全的建议（第{n}次）", "") for n in range(9)] + [Earlier(99, "窨井盖安全养护", "")]
    found = similar("窨井盖安全养护", many)
    assert (len(found), found[0].pk) == (3, 99)


@pytest.mark.django_db
def test_registering_shows_what_was_answered_then(login: Any, office: User, department: Department) -> None:
    known = make.replied(office, department, title=MANHOLES)
    page = login(office).post("/suggestions/similar/", {"title": "窨井盖安全"}).content.decode()
    assert f"/suggestions/{known.pk}/" in page
    assert "已与供电部门建立线路巡护协作机制。" in page
    assert "同有“窨井盖安全”" in page


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_brought_up_again(login: Any, office: User) -> None:
    actions.withdraw(suggestion=make.registered(office, title=MANHOLES), by=office, reason="提出人书面撤回")
    assert MANHOLES not in login(office).post("/suggestions/similar/", {"title": MANHOLES}).content.decode()
