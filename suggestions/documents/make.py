"""From an item to the facts of its papers, and to the papers themselves."""

from dataclasses import dataclass
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
from suggestions.models import (
    FORMAL,
    Draft,
    Kind,
    LetterHead,
    Proposer,
    ProposerRole,
    ResultClass,
    Suggestion,
)
from suggestions.workflow import SuggestionState

_WORDS = {Kind.SUGGESTION: "建议", Kind.PROPOSAL: "提案", Kind.DELIBERATION: "审议意见", Kind.EVERYDAY: "意见"}


@dataclass(frozen=True)
class Words:
    """What the house says to the item, as far as it is written; ``number`` and ``signed_on`` come at the end."""

    round: int = 1
    number: str = ""
    text: str = ""
    summary: str = ""
    result_class: ResultClass | None = None
    signed_on: date | None = None
    publication: str = ""
    promises: tuple[tuple[str, date | None], ...] = ()


def document(suggestion: Suggestion, paper: Paperwork, *, to: str, today: date) -> bytes:
    """``to``: one proposer by key, ``EACH`` alone, or empty for all on one letter. The paper fits, says the caller."""
    head = LetterHead.objects.ours()
    if paper == Paperwork.REPLY:
        each = [reply_facts(suggestion, head, key, today) for key in _letters_to(suggestion, to)]
        return letters.reply_letter(each)
    if paper == Paperwork.JOINT:
        return letters.joint_opinion(joint_facts(suggestion, head, today))
    if paper == Paperwork.RETURN:
        return letters.return_letter(return_facts(suggestion, head, today))
    if paper == Paperwork.EXTENSION:
        return letters.extension_letter(extension_facts(suggestion, head, today))
    facts = record_facts(suggestion, head, to, is_reply=paper == Paperwork.VISIT)
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


def reply_facts(suggestion: Suggestion, head: LetterHead, to: str, today: date) -> ReplyFacts:
    said = words_of(suggestion)
    return ReplyFacts(
        envelope=_envelope(suggestion, head, head.reply_code, said, today),
        matter=matter_of(suggestion),
        people=people_of(suggestion, to),
        organisation="" if to else suggestion.organisation,
        mark=_mark(suggestion, said),
        text=said.text,
        summary=said.summary,
        steps=tuple(suggestion.steps.order_by("happened_on", "pk").values_list("happened_on", "what")),
        department=suggestion.department.name if suggestion.department else "",
        co_opinions=tuple(suggestion.co_handlers.exclude(opinion="").values_list("unit", "opinion")),
        round=said.round,
        publication=said.publication,
        promises=said.promises,
        is_settled=bool(said.result_class and not said.result_class.promises),
    )


def joint_facts(suggestion: Suggestion, head: LetterHead, today: date) -> JointFacts:
    said = words_of(suggestion)
    return JointFacts(
        envelope=_envelope(suggestion, head, head.joint_code, said, today),
        matter=matter_of(suggestion),
        lead_unit=suggestion.lead_unit,
        text=said.text,
        summary=said.summary,
    )


def return_facts(suggestion: Suggestion, head: LetterHead, today: date) -> ReturnFacts:
    returned = suggestion.transitions.filter(new=SuggestionState.RETURNED).order_by("pk").last()
    return ReturnFacts(
        envelope=_envelope(suggestion, head, head.office_code, Words(), today, copied=False),
        matter=matter_of(suggestion),
        assigner=suggestion.assigned_by or congress_office(suggestion, head),
        received_on=suggestion.received_on,
        reason=returned.remark if returned else "",
    )


def extension_facts(suggestion: Suggestion, head: LetterHead, today: date) -> ExtensionFacts:
    """Around the last request, if there is one."""
    assert suggestion.assigned_on
    assert suggestion.due_on
    asked = suggestion.extensions.order_by("pk").last()
    return ExtensionFacts(
        envelope=_envelope(suggestion, head, head.office_code, Words(), today, copied=False),
        matter=matter_of(suggestion),
        assigner=suggestion.assigned_by or congress_office(suggestion, head),
        role=suggestion.get_our_role_display(),
        assigned_on=suggestion.assigned_on,
        due_on=asked.old if asked else suggestion.due_on,
        until=asked.until if asked else None,
        reason=asked.reason if asked else "",
    )


def record_facts(suggestion: Suggestion, head: LetterHead, to: str, *, is_reply: bool) -> RecordFacts:
    """Of a 面商 or 面复 that the ledger knows: when, where, who went, what was asked or answered."""
    met = suggestion.replies.filter(in_person=True).order_by("-round").first() if is_reply else None
    heard = None if is_reply else suggestion.consultations.select_related("contact").last()
    contact = heard.contact if heard else None
    if met:
        contact = Contact.objects.filter(origin_key=f"reply:{met.pk}").first()
    went = {user.pk: user.name for user in ([met.signed_by] if met and met.signed_by else [])}
    went |= {user.pk: user.name for user in contact.staff.order_by("pk")} if contact else {}
    return RecordFacts(
        sender=_sender(head),
        matter=matter_of(suggestion),
        people=people_of(suggestion, to),
        department=suggestion.department.name if suggestion.department else "",
        day=met.replied_on if met else contact.happened_on if contact else None,
        place=contact.place if contact else "",
        staff=tuple(went.values()),
        said=words_of(suggestion).summary if is_reply else "",
        heard=heard.heard if heard else "",
    )


def words_of(suggestion: Suggestion) -> Words:
    """Of the round that counts: what went out, or what is drafted for the answer now owed, if anything."""
    if suggestion.is_awaiting_reply:
        return _owed(suggestion, suggestion.draft_to_sign())
    sent = suggestion.replies.select_related("result_class", "draft").order_by("-round").first()
    if sent is None:
        return Words(round=1)
    return Words(
        round=sent.round,
        number=sent.number,
        text=sent.draft.text if sent.draft else "",
        summary=sent.summary,
        result_class=sent.result_class,
        signed_on=_signed_on(sent.draft) or sent.replied_on,
        publication=sent.draft.get_scope_display() if sent.draft else "",
        promises=tuple(sent.promises.order_by("due_on", "pk").values_list("what", "due_on")),
    )


def _owed(suggestion: Suggestion, draft: Draft | None) -> Words:
    turn = suggestion.replies.count() + 1
    if draft is None:
        return Words(round=turn)
    return Words(
        round=turn,
        text=draft.text,
        summary=draft.summary,
        result_class=draft.result_class,
        signed_on=_signed_on(draft) if suggestion.state == SuggestionState.SIGNED else None,
        publication=draft.get_scope_display(),
    )


def _signed_on(draft: Draft | None) -> date | None:
    """The last yes is the signature."""
    last = draft.approvals.filter(agreed=True).last() if draft else None
    return last.on if last else None


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


def _mark(suggestion: Suggestion, said: Words) -> str:
    """A类; an empty bracket where a formal item is not classed yet."""
    if said.result_class:
        return f"{said.result_class.code}类"
    return "（　）类" if suggestion.kind in FORMAL else ""


def _envelope(
    suggestion: Suggestion, head: LetterHead, code: str, said: Words, today: date, *, copied: bool = True
) -> Envelope:
    year = said.signed_on.year if said.signed_on else today.year
    number = said.number or wording.letter_number(code, year)
    copy_to = congress_office(suggestion, head) if copied else ""
    return Envelope(_sender(head), number, year, said.signed_on, copy_to)
