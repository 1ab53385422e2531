"""文书: which papers an item has, what each says, and to whom."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.calendar import cn_day
from common.denied import Denied
from deputies.models import Body, Level
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.documents import EACH, Paperwork, document, fitting
from suggestions.documents.facts import Envelope, JointFacts, Matter, Person, ReplyFacts, Sender
from suggestions.documents.letters import joint_opinion, reply_letter
from suggestions.models import How, Kind, LetterHead, OurRole, ResultClass, Suggestion, Verdict
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory, TermFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
R = OurRole


@pytest.fixture(autouse=True)
def head(office: User) -> LetterHead:
    ours = LetterHead.objects.ours()
    facts = {"reply_code": "知检函", "joint_code": "知检会", "contact": "王办", "phone": "0510-82000000"}
    return actions.edit_letter_head(head=ours, expected=ours.version, by=office, **facts)


def numbered(office: User, department: Department, role: OurRole = R.SOLE, **fields: Any) -> Suggestion:
    """第12号建议 of 张三 of the district, being handled."""
    facts = {"term": TermFactory(), "session": "五次会议", "number": "12", **fields}
    lead = facts.pop("lead", None) or DeputyFactory(name="张三", unit="知禾电缆有限公司", phone="13800000001")
    suggestion = make.registered(office, *facts.pop("others", ()), lead=lead, **facts)
    lead_unit = "区发展和改革委员会" if role == R.JOINT else ""
    return actions.assign(
        suggestion=suggestion, department=department, assigned_on=make.ASSIGNED, our_role=role, by=office,
        lead_unit=lead_unit,
    )  # fmt: skip


def read(suggestion: Suggestion, paper: Paperwork, to: str = "") -> list[str]:
    """Every line of the paper, cells of tables too, in order."""
    return lines_of(document(suggestion, paper, to=to, today=TODAY))


def lines_of(data: bytes) -> list[str]:
    opened, lines = docx.Document(BytesIO(data)), []
    for each in opened.iter_inner_content():
        if hasattr(each, "rows"):
            cells = {cell._tc: cell for row in each.rows for cell in row.cells}
            lines += [cell.text.replace("\n", "") for cell in cells.values()]
        else:
            lines.append(each.text.replace("\n", ""))
    return [line for line in lines if line]


def head_of(data: bytes) -> list[str]:
    return [line.text for line in docx.Document(BytesIO(data)).sections[0].first_page_header.paragraphs if line.text]


class TestWhichPapers:
    @pytest.mark.parametrize(
        ("role", "papers"),
        [
            (R.SOLE, ["reply", "form", "talk", "visit", "extension"]),
            (R.LEAD, ["reply", "form", "talk", "visit", "extension"]),
            (R.SEPARATE, ["reply", "form", "talk", "visit", "extension"]),
            (R.JOINT, ["joint", "talk", "extension"]),
        ],
    )
    def test_our_role_decides(self, office: User, department: Department, role: OurRole, papers: list[str]) -> None:
        assert fitting(numbered(office, department, role)) == papers

    def test_before_it_is_assigned_it_can_only_be_sent_back(self, office: User) -> None:
        assert fitting(make.registered(office)) == ["return"]

    def test_once_answered_no_more_time_is_asked_for(self, office: User, department: Department) -> None:
        assert Paperwork.EXTENSION not in fitting(make.replied(office, department))

    def test_a_withdrawn_one_has_none(self, office: User) -> None:
        suggestion = make.registered(office)
        assert fitting(actions.withdraw(suggestion=suggestion, by=office, reason="书面撤回")) == []


class TestReplyLetter:
    def test_says_everything_in_its_order(self, office: User, department: Department) -> None:
        suggestion = numbered(office, department)
        actions.add_step(suggestion=suggestion, happened_on=date(2026, 4, 1), what="走访供电公司", by=office)
        make.answer(suggestion, office, number="知检函〔2026〕3号")
        suggestion.refresh_from_db()
        assert read(suggestion, Paperwork.REPLY) == [
            "知检函〔2026〕3号",
            "关于知禾区五届人大五次会议第12号建议的答复",
            "尊敬的张三代表：",
            "您提出的“关于加强特高压线路走廊保护的建议”（第12号）收悉。经研究办理，现答复如下：",
            "一、办理情况",
            "收到建议后，我院交由第一检察部承办。2026年4月1日，走访供电公司。",
            "二、答复意见",
            "已与供电部门建立线路巡护协作机制。",
            "感谢您对检察工作的关心和支持，欢迎继续提出宝贵意见和建议。",
            "附件：建议办理情况征询意见表",
            "知禾区人民检察院",
            "2026年5月20日",
            "（联系人：王办；联系电话：0510-82000000）",
            "抄送：区人大常委会代表工作委员会。",
        ]
        assert head_of(document(suggestion, Paperwork.REPLY, to="", today=TODAY)) == ["A类", "知禾区人民检察院"]

    def test_before_the_signature_number_day_and_class_are_left_blank(
        self, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department)
        lines = read(suggestion, Paperwork.REPLY)
        assert lines[0] == "知检函〔2026〕　　号"
        assert "2026年　　月　　日" in lines
        assert [line for line in lines if line[0] in "一二三"] == ["一、办理情况", "二、答复意见", "三、下步打算"]
        assert head_of(document(suggestion, Paperwork.REPLY, to="", today=TODAY))[0] == "（　）类"

    def test_of_a_proposal_goes_to_a_member_with_a_copy_to_the_committee_of_proposals(
        self, office: User, department: Department
    ) -> None:
        term = TermFactory(body=Body.CPPCC, place="禾城市", level=Level.CITY, number=15)
        facts = {"kind": Kind.PROPOSAL, "body": Body.CPPCC, "level": Level.CITY, "term": term, "session": "三次会议"}
        lines = read(numbered(office, department, number="8", **facts), Paperwork.REPLY)
        assert lines[1:3] == ["关于禾城市政协十五届三次会议第8号提案的答复", "尊敬的张三委员："]
        assert "附件：提案办理情况征询意见表" in lines
        assert lines[-1] == "抄送：市政协提案委员会。"

    @pytest.mark.parametrize(
        ("kind", "title", "whole"),
        [
            (Kind.EVERYDAY, "线路走廊保护要加强", "关于“线路走廊保护要加强”意见的答复"),
            (Kind.DELIBERATION, "关于未检工作的意见", "关于“关于未检工作的意见”的答复"),
            (Kind.SUGGESTION, "关于护线的建议", "关于区人大代表建议“关于护线的建议”的答复"),
        ],
    )
    def test_without_a_meeting_it_is_named_by_its_title(
        self, office: User, department: Department, kind: Kind, title: str, whole: str
    ) -> None:
        suggestion = numbered(office, department, kind=kind, title=title, term=None, session="", number="")
        assert read(suggestion, Paperwork.REPLY)[1] == whole

    def test_of_the_national_congress_and_an_own_series_of_the_recess(
        self, office: User, department: Department
    ) -> None:
        term = TermFactory(level=Level.NATIONAL, place="全国", number=14)
        facts = {"term": term, "level": Level.NATIONAL, "session": "闭会期间", "number": "闭字3号"}
        lines = read(numbered(office, department, **facts), Paperwork.REPLY)
        assert lines[1] == "关于十四届全国人大闭会期间闭字3号建议的答复"

    def test_after_a_dissatisfied_verdict_it_is_a_second_answer_yet_to_be_written(
        self, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department)
        reply = make.answer(suggestion, office)
        make.verdict(reply, office, result=Verdict.UNSATISFIED, reason="未整改")
        suggestion.refresh_from_db()
        lines = read(suggestion, Paperwork.REPLY)
        assert lines[1] == "关于知禾区五届人大五次会议第12号建议的再次答复"
        assert "已与供电部门建立线路巡护协作机制。" not in lines

    def test_a_promise_leaves_room_for_what_comes_next(self, office: User, department: Department) -> None:
        suggestion = numbered(office, department)
        make.answer(suggestion, office, result_class=ResultClass.objects.get(code="B"))
        suggestion.refresh_from_db()
        assert "三、下步打算" in read(suggestion, Paperwork.REPLY)


class TestDrafted:
    def test_the_letter_carries_the_words_and_the_class_of_the_current_draft(
        self, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department)
        make.draft(suggestion, office, text="旧稿。")
        make.draft(suggestion, office, text="一、办理情况\n新稿。", result_class=ResultClass.objects.get(code="B"))
        lines = read(suggestion, Paperwork.REPLY)
        assert "新稿。" in lines
        assert "旧稿。" not in lines
        assert {"2026年　　月　　日", "公开属性：全文公开"} <= set(lines)
        assert head_of(document(suggestion, Paperwork.REPLY, to="", today=TODAY))[0] == "B类"

    def test_once_signed_it_has_the_day_of_the_signature(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(SuggestionState.SIGNED)
        assert cn_day(make.SENT) in read(suggestion, Paperwork.REPLY)

    def test_before_the_signature_it_has_none(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(SuggestionState.SIGNING)
        assert "2026年　　月　　日" in read(suggestion, Paperwork.REPLY)

    def test_a_co_handlers_opinion_is_in_the_outline(self, office: User, department: Department) -> None:
        suggestion = numbered(office, department, R.LEAD)
        asked = actions.ask_co_handler(suggestion=suggestion, unit="区应急局", asked_on=make.ASSIGNED, by=office)
        actions.receive_opinion(co_handler=asked, opinion="已纳入巡查。", received_on=make.SENT, by=office)
        assert "会办单位区应急局的意见：已纳入巡查。" in read(suggestion, Paperwork.REPLY)

    def test_an_organisation_is_answered_as_such_and_its_person_alone_by_choice(
        self, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department, organisation="民盟知禾区委员会", organisation_kind="party")
        lines = read(suggestion, Paperwork.REPLY)
        assert lines[2] == "民盟知禾区委员会："
        assert lines[3].startswith("贵单位提出的")
        person = suggestion.proposers.get().deputy_id
        assert read(suggestion, Paperwork.REPLY, to=str(person))[2] == "尊敬的张三代表："


class TestSeveralProposers:
    @pytest.fixture
    def shared(self, office: User, department: Department) -> Suggestion:
        return numbered(office, department, others=[DeputyFactory(name="李四"), DeputyFactory(name="王五")])

    def test_one_letter_with_all_names_the_leader_first(self, shared: Suggestion) -> None:
        lines = read(shared, Paperwork.REPLY)
        assert "尊敬的张三、李四、王五代表：" in lines
        assert lines[3].startswith("你们提出的")

    def test_one_letter_each_in_one_file_on_sheets_of_their_own(self, shared: Suggestion) -> None:
        data = document(shared, Paperwork.REPLY, to=EACH, today=TODAY)
        dear = [line for line in lines_of(data) if line.startswith("尊敬的")]
        assert dear == ["尊敬的张三代表：", "尊敬的李四代表：", "尊敬的王五代表："]
        assert len(docx.Document(BytesIO(data)).sections) == 3
        assert sum(line.startswith("抄送：") for line in lines_of(data)) == 3

    def test_one_letter_to_one_of_them(self, shared: Suggestion) -> None:
        one = shared.proposers.get(deputy__name="李四").deputy_id
        lines = read(shared, Paperwork.REPLY, to=str(one))
        assert "尊敬的李四代表：" in lines
        assert not any("张三" in line for line in lines)

    def test_each_gets_a_form_of_the_own(self, shared: Suggestion) -> None:
        data = document(shared, Paperwork.FORM, to="", today=TODAY)
        assert len(docx.Document(BytesIO(data)).tables) == 3
        assert {"张三", "李四", "王五"} <= set(lines_of(data))


class TestJointOpinion:
    def test_goes_to_the_lead_unit_under_its_own_title_and_series_without_a_class(
        self, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department, R.JOINT)
        lines = read(suggestion, Paperwork.JOINT)
        assert lines[:3] == [
            "知检会〔2026〕　　号",
            "关于知禾区五届人大五次会议第12号建议的会办意见",
            "区发展和改革委员会：",
        ]
        assert not any("尊敬的" in line or "张三" in line for line in lines)
        assert head_of(document(suggestion, Paperwork.JOINT, to="", today=TODAY)) == ["知禾区人民检察院"]


class TestFormsAndRecords:
    def test_the_form_asks_attitude_and_result_apart_and_the_wish_to_publish(
        self, office: User, department: Department
    ) -> None:
        lines = read(numbered(office, department), Paperwork.FORM)
        verdicts = "□满意　　□基本满意　　□不满意"
        assert lines[0] == "建议办理情况征询意见表"
        for label, value in [
            ("标题", "关于加强特高压线路走廊保护的建议"),
            ("编号", "第12号"),
            ("代表姓名", "张三"),
            ("单位", "知禾电缆有限公司"),
            ("答复前怎样联系", "□走访　　□座谈　　□电话　　□其他　　□未联系"),
            ("对办理态度", verdicts),
            ("对办理结果", verdicts),
            ("答复是否公开", "□同意全文公开　　□仅公开标题　　□不同意公开"),
        ]:
            assert lines[lines.index(label) + 1] == value
        assert "签名" in lines

    def test_a_reply_in_person_fills_the_record_from_the_ledger(
        self, office: User, department: Department, leader: User
    ) -> None:
        suggestion = numbered(office, department)
        make.answer(suggestion, office, how=How.IN_PERSON, signed_by=leader, place="电缆公司会议室")
        suggestion.refresh_from_db()
        lines = read(suggestion, Paperwork.VISIT)
        assert lines[0] == "建议当面答复记录"
        for value in ("2026年5月20日", "电缆公司会议室", "李副检、王办", "已与供电部门建立线路巡护协作机制。"):
            assert value in lines

    def test_the_record_of_a_talk_is_empty_where_it_is_written_by_hand(
        self, office: User, department: Department
    ) -> None:
        lines = read(numbered(office, department), Paperwork.TALK)
        assert lines[0] == "建议面商记录"
        assert {"商谈内容", "代表的要求和意见", "代表签名", "记录人", "张三　知禾电缆有限公司"} <= set(lines)

    def test_no_paper_carries_a_telephone_number_of_a_deputy(self, office: User, department: Department) -> None:
        suggestion = numbered(office, department)
        for paper in fitting(suggestion):
            assert "138" not in "".join(read(suggestion, paper))


class TestToTheAssigningBody:
    def test_sending_back(self, office: User) -> None:
        lines = read(make.registered(office), Paperwork.RETURN)
        assert lines[1:3] == [
            "关于退回区人大代表建议“关于加强特高压线路走廊保护的建议”的函",
            "区人大常委会代表工作委员会：",
        ]
        assert "理由是：（请写明理由）。" in lines[3]
        assert not any(line.startswith("抄送") for line in lines)

    def test_sent_back_it_says_why_and_goes_to_whom_it_came_from(self, office: User) -> None:
        suggestion = make.registered(office, assigned_by="区政府办公室")
        facts = {"reason": "属区住建局职责", "consent": "电话同意", "by": office, "today": make.SENT}
        lines = read(actions.give_back(suggestion=suggestion, **facts), Paperwork.RETURN)
        assert lines[2] == "区政府办公室："
        assert "理由是：属区住建局职责" in lines[3]

    def test_more_time_is_asked_for_in_the_words_of_the_request(self, office: User, department: Department) -> None:
        suggestion = numbered(office, department)
        actions.ask_extension(
            suggestion=suggestion, until=date(2026, 7, 1), reason="因需与供电部门会商。", consent="电话同意",
            today=date(2026, 5, 1), by=office,
        )  # fmt: skip
        text = "".join(read(suggestion, Paperwork.EXTENSION))
        assert "答复期限为2026年6月2日。因需与供电部门会商，难以在期限内办结。" in text
        assert "延长至2026年7月1日" in text

    def test_to_a_town_it_goes_to_its_presidium(self, office: User) -> None:
        assert "镇人大主席团：" in read(make.registered(office, level=Level.TOWN), Paperwork.RETURN)


class TestPlainFacts:
    """Whoever has the values can write the letter, without a database."""

    MATTER = Matter("建议", "区人大代表建议", "关于护线的建议", is_formal=True, meeting="五届人大五次会议", number="1")
    OUTSIDE = Envelope(Sender("知禾区人民检察院"), "知检函〔2026〕1号", 2026, signed_on=TODAY)

    def letter(self, text: str, **more: Any) -> list[str]:
        facts = ReplyFacts(self.OUTSIDE, self.MATTER, (Person("张三", "代表"),), text=text, **more)
        return lines_of(reply_letter([facts]))

    def test_the_drafted_text_is_the_body_and_its_headings_are_headings(self) -> None:
        text = "一、基本情况\n（一）摸底\n排查隐患点位。\n二、下一步\n一、二两项继续推进。"
        facts = ReplyFacts(self.OUTSIDE, self.MATTER, (Person("张三", "代表"),), text=text)
        found = docx.Document(BytesIO(reply_letter([facts]))).paragraphs
        styles = {line.text: line.style.style_id for line in found if line.text}
        assert styles["一、基本情况"] == styles["二、下一步"] == "Heading1"
        assert styles["（一）摸底"] == "Heading2"
        assert styles["一、二两项继续推进。"] == styles["排查隐患点位。"] == "BodyText"

    def test_a_draft_with_its_own_greeting_opening_and_thanks_gets_none_twice(self) -> None:
        lines = self.letter("尊敬的张三代表：\n您的建议收悉。\n已办。\n感谢您的关心。")
        assert sum(line.startswith("尊敬的") for line in lines) == 1
        assert sum("收悉" in line for line in lines) == 1
        assert sum("感谢" in line for line in lines) == 1

    def test_the_scope_of_publication_stands_above_the_copies(self) -> None:
        assert self.letter("已办。", publication="全文公开")[-1] == "公开属性：全文公开"

    def test_a_joint_opinion_without_a_known_lead_unit_asks_for_it(self) -> None:
        facts = JointFacts(self.OUTSIDE, self.MATTER, text="同意。")
        assert lines_of(joint_opinion(facts))[2] == "（主办单位名称）："


class TestDownload:
    def url(self, suggestion: Suggestion, paper: str, query: str = "") -> str:
        return reverse("suggestions:document", args=[suggestion.pk, paper]) + query

    def test_is_a_word_file_with_a_chinese_name_and_leaves_a_trace(
        self, login, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department)
        answer = login(office).get(self.url(suggestion, "reply"))
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        assert "%E7%AD%94%E5%A4%8D%E5%87%BD-" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store"
        assert "尊敬的张三代表：" in lines_of(answer.content)
        event = AuditEvent.objects.get(action="suggestion.document_taken")
        assert (event.target_id, event.changes) == (str(suggestion.pk), {"document": ["", "答复函"]})

    def test_a_paper_that_does_not_fit_is_refused_with_what_to_use_instead(
        self, login, office: User, department: Department
    ) -> None:
        suggestion = numbered(office, department, R.JOINT)
        answer = login(office).get(self.url(suggestion, "reply"))
        assert answer.status_code == 409
        assert "只向主办单位出具会办意见" in answer.content.decode()
        assert not AuditEvent.objects.filter(action="suggestion.document_taken").exists()

    def test_an_unknown_paper_is_not_found_and_a_stranger_as_addressee_a_broken_link(
        self, login, office: User, department: Department
    ) -> None:
        suggestion, stranger = numbered(office, department), DeputyFactory()
        client = login(office)
        assert client.get(self.url(suggestion, "poem")).status_code == 404
        for to in (str(stranger.pk), "x", "9" * 30):
            assert client.get(self.url(suggestion, "reply", f"?to={to}")).status_code == 400

    def test_the_page_offers_just_the_fitting_ones_and_asks_to_whom_only_where_there_are_several(
        self, login, office: User, department: Department
    ) -> None:
        alone = numbered(office, department, R.JOINT)
        page = login(office).get(reverse("suggestions:detail", args=[alone.pk])).content.decode()
        assert "documents/joint/" in page
        assert "documents/reply/" not in page
        assert "document-to" not in page
        shared = numbered(office, department, number="13", others=[DeputyFactory(name="李四")])
        page = login(office).get(reverse("suggestions:detail", args=[shared.pk])).content.decode()
        assert "全体提出人合为一份" in page
        assert "李四（联名）" in page


class TestLetterHead:
    def test_the_office_says_once_what_all_letters_say(self, login, office: User, department: Department) -> None:
        head = LetterHead.objects.ours()
        sent = {
            "version": head.version, "reply_code": "禾检函", "joint_code": "禾检会", "office_code": "禾检办函",
            "contact": "林清禾", "phone": "", "congress_copy": "人大常委会代表联络工作委员会",
            "cppcc_copy": "政协提案委员会",
        }  # fmt: skip
        assert login(office).post(reverse("suggestions:letter-head-edit"), sent).status_code == 302
        lines = read(numbered(office, department), Paperwork.REPLY)
        assert lines[0] == "禾检函〔2026〕　　号"
        assert lines[-1] == "抄送：区人大常委会代表联络工作委员会。"
        assert AuditEvent.objects.filter(action="letter_head.edited").count() == 2
        page = login(office).get(reverse("suggestions:letter-head")).content.decode()
        assert "禾检函〔2026〕" in page

    def test_whoever_was_second_sees_both(self, login, office: User) -> None:
        sent = {"version": 1, "reply_code": "乙", "joint_code": "乙", "office_code": "乙", "contact": "", "phone": ""}
        sent |= {"congress_copy": "人大", "cppcc_copy": "政协"}
        answer = login(office).post(reverse("suggestions:letter-head-edit"), sent)
        assert answer.status_code == 409
        assert "知检函" in answer.content.decode()

    def test_only_the_office_may(self, handler: User) -> None:
        head = LetterHead.objects.ours()
        with pytest.raises(Denied):
            actions.edit_letter_head(head=head, expected=head.version, by=handler, contact="我")

    @pytest.mark.parametrize("fields", [{"pk": 2}, {"pk": 1, "reply_code": ""}, {"pk": 1, "cppcc_copy": ""}])
    def test_the_database_keeps_it_one_and_whole(self, fields: dict[str, Any]) -> None:
        LetterHead.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterHead.objects.create(**fields)
