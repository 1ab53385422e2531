"""From an item to the facts of its papers, and to the papers themselves."""

from datetime import date

from django.conf import settings
from django.db.models import Case, Value, When

from deputies.models import Body, Contact, Level
from suggestions.documents import letters, records, wording
from suggestions.documents.catalogue import EACH, Paperwork
from suggestions.documents.facts import (
    Envelope,
    ExtensionFacts,
    JointFacts,
    Matter,
    Person,
    RecordFacts,
    ReplyFacts,
    ReturnFacts,
    Sender,
)
from suggestions.models import FORMAL, Kind, LetterHead, Proposer, ProposerRole, Reply, Suggestion

_WORDS = {Kind.SUGGESTION: "建议", Kind.PROPOSAL: "提案", Kind.DELIBERATION: "审议意见", Kind.EVERYDAY: "意见"}


def document(suggestion: Suggestion, paper: Paperwork, *, to: str, today: date) -> bytes:
    """``to``: one proposer by key, ``EACH`` alone, or empty for all on one letter. The paper fits, says the caller."""
    head = LetterHead.objects.ours()
    if paper == Paperwork.REPLY:
        groups = [people_of(suggestion, key) for key in _letters_to(suggestion, to)]
        return letters.reply_letter([reply_facts(suggestion, head, people, today) for people in groups])
    if paper == Paperwork.JOINT:
        return letters.joint_opinion(joint_facts(suggestion, head, today))
    if paper == Paperwork.RETURN:
        return letters.return_letter(return_facts(suggestion, head, today))
    if paper == Paperwork.EXTENSION:
        return letters.extension_letter(extension_facts(suggestion, head, today))
    facts = record_facts(suggestion, head, people_of(suggestion, to), is_reply=paper == Paperwork.VISIT)
    if paper == Paperwork.FORM:
        return records.opinion_form(facts, today)
    return records.meeting_record(facts, today, is_reply=paper == Paperwork.VISIT)


def people_of(suggestion: Suggestion, to: str) -> tuple[Person, ...]:
    """领衔 first, then 联名, then 附议: all are answered."""
    order = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(ProposerRole)))
    rows = Proposer.objects.filter(suggestion=suggestion).select_related("deputy").order_by(order, "pk")
    office = "委员" if suggestion.body == Body.CPPCC else "代表"
    chosen = [row.deputy for row in rows if to in ("", EACH) or str(row.deputy_id) == to]
    return tuple(Person(deputy.name, office, deputy.unit) for deputy in chosen)


def matter_of(suggestion: Suggestion) -> Matter:
    return Matter(
        word=_WORDS[Kind(suggestion.kind)],
        kind_name=suggestion.kind_name,
        title=suggestion.title,
        is_formal=suggestion.kind in FORMAL,
        meeting=wording.meeting(suggestion.term, suggestion.session),
        number=suggestion.number,
    )


def reply_facts(suggestion: Suggestion, head: LetterHead, people: tuple[Person, ...], today: date) -> ReplyFacts:
    sent = answer_of(suggestion)
    return ReplyFacts(
        envelope=_envelope(suggestion, head, head.reply_code, sent, today),
        matter=matter_of(suggestion),
        people=people,
        mark=_mark(suggestion, sent),
        summary=sent.summary if sent else "",
        steps=tuple(suggestion.steps.order_by("happened_on", "pk").values_list("happened_on", "what")),
        department=suggestion.department.name if suggestion.department else "",
        round=sent.round if sent else suggestion.replies.count() + 1,
        is_settled=bool(sent and not sent.result_class.promises),
    )


def joint_facts(suggestion: Suggestion, head: LetterHead, today: date) -> JointFacts:
    sent = answer_of(suggestion)
    return JointFacts(
        envelope=_envelope(suggestion, head, head.joint_code, sent, today),
        matter=matter_of(suggestion),
        summary=sent.summary if sent else "",
    )


def return_facts(suggestion: Suggestion, head: LetterHead, today: date) -> ReturnFacts:
    return ReturnFacts(
        envelope=_envelope(suggestion, head, head.office_code, None, today, copied=False),
        matter=matter_of(suggestion),
        assigner=congress_office(suggestion, head),
        received_on=suggestion.received_on,
    )


def extension_facts(suggestion: Suggestion, head: LetterHead, today: date) -> ExtensionFacts:
    """Around the last request, if there is one."""
    assert suggestion.assigned_on
    assert suggestion.due_on
    asked = suggestion.extensions.order_by("pk").last()
    return ExtensionFacts(
        envelope=_envelope(suggestion, head, head.office_code, None, today, copied=False),
        matter=matter_of(suggestion),
        assigner=congress_office(suggestion, head),
        role=suggestion.get_our_role_display(),
        assigned_on=suggestion.assigned_on,
        due_on=asked.old if asked else suggestion.due_on,
        until=asked.until if asked else None,
        reason=asked.reason if asked else "",
    )


def record_facts(
    suggestion: Suggestion, head: LetterHead, people: tuple[Person, ...], *, is_reply: bool
) -> RecordFacts:
    """Of a 面复 that the ledger knows: when, where, who went and what was answered."""
    sent = answer_of(suggestion) if is_reply else None
    met = sent if sent and sent.in_person else None
    contact = Contact.objects.filter(origin_key=f"reply:{met.pk}").first() if met else None
    went = {user.pk: user.name for user in ([met.signed_by] if met and met.signed_by else [])}
    went |= {user.pk: user.name for user in contact.staff.order_by("pk")} if contact else {}
    return RecordFacts(
        sender=_sender(head),
        matter=matter_of(suggestion),
        people=people,
        department=suggestion.department.name if suggestion.department else "",
        day=met.replied_on if met else None,
        place=contact.place if contact else "",
        staff=tuple(went.values()),
        said=sent.summary if sent else "",
    )


def answer_of(suggestion: Suggestion) -> Reply | None:
    """The answer that stands; while another round is being worked on there is none yet."""
    if suggestion.is_awaiting_reply:
        return None
    return suggestion.replies.select_related("result_class").order_by("-round").first()


def congress_office(suggestion: Suggestion, head: LetterHead) -> str:
    """区人大常委会代表工作委员会: who assigns, and gets a copy of every answer."""
    if suggestion.level == Level.TOWN:
        return "镇人大主席团"
    name = head.congress_copy if suggestion.body == Body.CONGRESS else head.cppcc_copy
    return f"{suggestion.get_level_display()}{name}"


def _letters_to(suggestion: Suggestion, to: str) -> list[str]:
    if to != EACH:
        return [to]
    return [str(pk) for pk in suggestion.proposers.order_by("pk").values_list("deputy", flat=True)]


def _sender(head: LetterHead) -> Sender:
    return Sender(settings.HOUSE_NAME, head.contact, head.phone)


def _mark(suggestion: Suggestion, sent: Reply | None) -> str:
    """A类; an empty bracket where a formal item is not classed yet."""
    if sent:
        return f"{sent.result_class.code}类"
    return "（　）类" if suggestion.kind in FORMAL else ""


def _envelope(
    suggestion: Suggestion, head: LetterHead, code: str, sent: Reply | None, today: date, *, copied: bool = True
) -> Envelope:
    signed_on = sent.replied_on if sent else None
    year = signed_on.year if signed_on else today.year
    number = sent.number if sent and sent.number else wording.letter_number(code, year)
    copy_to = congress_office(suggestion, head) if copied else ""
    return Envelope(_sender(head), number, year, signed_on, copy_to)
