"""Lines as staff type them in a hurry, through HTTP, with a roster that makes it hard."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
import time_machine
from django.test import Client

from deputies.models import Area
from staff.models import User
from tests.deputies.factories import person

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
TODAY = date(2026, 11, 23)  # a Monday
ROSTER = {
    "张晓北": "知禾供电服务公司", "李敏": "青禾小学", "张友仁": "农业服务中心", "阿依努尔·艾山": "瑞稷数据公司",
    "单小明": "燃气公司", "查良玉": "云溪社区", "仇一凡": "研究院", "解方": "律所", "曾云": "幼儿园", "吕喆": "配送站",
}  # fmt: skip


@pytest.fixture
def staff_client(login: Login, handler: User, office: User) -> Client:
    Area.objects.create(name="甘露镇")
    for name, unit in ROSTER.items():
        person(name, by=office, unit=unit)
    for unit in ("区人民医院", "禾塘小学"):
        person("王芳", by=office, unit=unit)
    return login(handler)


def told(client: Client, line: str) -> tuple[str, str, str, str, str]:
    """(people, method, day, place, note) as the page shows them."""
    with time_machine.travel(f"{TODAY} 18:00+08:00", tick=False):
        html = client.post("/contacts/quick/line/", {"line": line}).content.decode()
    chips = re.findall(r'data-kind="(\w+)".*?data-label="([^"]*)"', html)
    shown = {kind: "、".join(label for each, label in chips if each == kind) for kind, _ in chips}
    if asked := re.findall(r'data-ask data-word="([^"]*)"', html):
        shown["who"] = f"{asked[0]}？"
    note = re.findall(r"<output data-note hidden>(.*?)</output>", html, re.DOTALL)[0]
    return *(shown.get(kind, "").split(" ")[0] for kind in ("who", "how", "when", "where")), unescape(note)  # type: ignore[return-value]


WHO, VISIT, SAID = "张晓北", "走访", "谈线路"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("张晓北　走访　昨天　甘露镇　希望加强普法", (WHO, VISIT, "11月22日", "甘露镇", "希望加强普法")),
        (
            "张晓北走访昨天希望加强涉农普法和校园普法的力度",
            (WHO, VISIT, "11月22日", "", "希望加强涉农普法和校园普法的力度"),
        ),
        ("昨天走访张晓北谈线路", (WHO, VISIT, "11月22日", "", SAID)),
        ("昨天下午走访了张晓北代表,谈了线路改造。", (WHO, VISIT, "11月22日", "", "谈了线路改造。")),
        ("张晓北 上周三 电话 谈线路", (WHO, "电话", "11月18日", "", SAID)),
        ("zxb 3.5 走访 谈线路", (WHO, VISIT, "3月5日", "", SAID)),
        ("张晓北 昨儿 座谈 谈线路", (WHO, "座谈", "11月22日", "", SAID)),
        ("张晓北 11月3号 走访 谈线路", (WHO, VISIT, "11月3日", "", SAID)),
        ("zxb 上个月15号 走访 谈线路", (WHO, VISIT, "10月15日", "", SAID)),
        ("张晓北 2025年12月3日 走访 谈线路", (WHO, VISIT, "2025年12月3日", "", SAID)),
        ("张晓北和李敏 座谈 谈普法", ("张晓北、李敏", "座谈", "", "", "谈普法")),
        ("张晓北代表、张友仁委员 走访 谈春耕", ("张晓北、张友仁", VISIT, "", "", "谈春耕")),
        ("zxb/zyr 走访 谈春耕", ("张晓北、张友仁", VISIT, "", "", "谈春耕")),
        ("zxb走访谈线路", (WHO, VISIT, "", "", SAID)),
        ("昨天走访zxb,zyr 谈春耕", ("张晓北、张友仁", VISIT, "11月22日", "", "谈春耕")),
        ("ＺＸＢ　走访　谈线路", (WHO, VISIT, "", "", SAID)),
        ("zhang xiao bei 走访 谈线路", (WHO, VISIT, "", "", SAID)),
        ("zhāng xiǎo běi 走访 谈线路", (WHO, VISIT, "", "", SAID)),
        ("lǚzhé 走访 谈", ("吕喆", VISIT, "", "", "谈")),
        ("lvzhe 走访 谈", ("吕喆", VISIT, "", "", "谈")),
        ("shanxiaoming 电话 谈", ("单小明", "电话", "", "", "谈")),
        ("zly 电话 谈", ("查良玉", "电话", "", "", "谈")),
        ("qyf 电话 谈", ("仇一凡", "电话", "", "", "谈")),
        ("xiefang 电话 谈", ("解方", "电话", "", "", "谈")),
        ("zengyun 电话 谈", ("曾云", "电话", "", "", "谈")),
        ("李 敏 电话 谈", ("李敏", "电话", "", "", "谈")),
        ("昨天 和 张　晓北 电话 谈", (WHO, "电话", "11月22日", "", "谈")),
        ("阿依努尔·艾山代表 走访 谈", ("阿依努尔·艾山", VISIT, "", "", "谈")),
        ("李代表 电话 谈", ("李敏", "电话", "", "", "谈")),
        ("张代表 电话 谈", ("张代表？", "电话", "", "", "谈")),
        ("王芳（医院）走访 谈体检", ("王芳（区人民医院）", VISIT, "", "", "谈体检")),
        ("走访禾塘小学的王芳代表,谈体检", ("王芳（禾塘小学）", VISIT, "", "", "谈体检")),
        ("王芳 走访 谈体检", ("王芳？", VISIT, "", "", "谈体检")),
        ("去青禾小学看望李敏 谈普法", ("李敏", VISIT, "", "青禾小学", "谈普法")),
        ("今天上午给张晓北打电话,说线路改好了", (WHO, "电话", "11月23日", "", "说线路改好了")),
        ("跟张晓北微信聊了线路", (WHO, "微信", "", "", "聊了线路")),
        ("张晓北：走访，谈线路", (WHO, VISIT, "", "", SAID)),
        ("【走访】张晓北 “谈线路”", (WHO, VISIT, "", "", "“谈线路”")),
        ("陪同检察长走访张晓北 谈线路", (WHO, VISIT, "", "", "陪同检察长 谈线路")),
        # An hour belongs to the note, and hinders nothing.
        ("张晓北 下午3点 走访 谈线路", (WHO, VISIT, "", "", "下午3点 谈线路")),
        ("今天下午3点走访张晓北,谈线路", (WHO, VISIT, "11月23日", "", "下午3点 谈线路")),
        ("张晓北 走访 下午3点谈线路", (WHO, VISIT, "", "", "下午3点谈线路")),
        ("张晓北 15:30 走访 谈线路", (WHO, VISIT, "", "", "15:30 谈线路")),
        ("张晓北 走访 3点建议：修路", (WHO, VISIT, "", "", "3点建议：修路")),
        # What is said is not read.
        ("张晓北 走访 电话里说线路要改", (WHO, VISIT, "", "", "电话里说线路要改")),
        ("张晓北 电话里说线路要改", (WHO, "", "", "", "电话里说线路要改")),
        ("张晓北 走访 李敏也说过线路要改", (WHO, VISIT, "", "", "李敏也说过线路要改")),
        ("张晓北 走访 上周五说的路灯修好了", (WHO, VISIT, "", "", "上周五说的路灯修好了")),
        ("张晓北 走访 3.5万亩稻田", (WHO, VISIT, "", "", "3.5万亩稻田")),
        ("李敏敏 走访 谈普法", ("", "", "", "", "李敏敏 走访 谈普法")),
        # What has not come yet was no contact.
        ("张晓北 走访 明天再送材料", (WHO, VISIT, "", "", "明天再送材料")),
        ("张晓北 明天 走访 谈线路", (WHO, "", "", "", "明天 走访 谈线路")),
        ("张晓北 12月3日 走访 谈线路", (WHO, "", "", "", "12月3日 走访 谈线路")),
    ],
)
def test_a_hurried_line_is_understood(staff_client: Client, line: str, expected: tuple[str, ...]) -> None:
    assert told(staff_client, line) == expected


@pytest.mark.parametrize("line", ["赵明明 走访 谈普法", "赵明明代表 昨天 走访", "qqqq 走访"])
def test_a_name_of_nobody_is_said_to_be_so(staff_client: Client, line: str) -> None:
    html = staff_client.post("/contacts/quick/line/", {"line": line}).content.decode()
    assert f"没有找到“{line.split()[0].removesuffix('代表')}”" in html


def test_letters_that_are_nobody_of_those_offered_stay_in_the_note(staff_client: Client) -> None:
    """zxb 走访 L 路口: 都不是."""
    data = {"line": "zxb 走访 zh 路口", "line_choices": '{"skip": ["zh"]}'}
    html = staff_client.post("/contacts/quick/line/", data).content.decode()
    assert "<output data-note hidden>zh 路口</output>" in html
