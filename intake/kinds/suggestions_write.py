"""What becomes of a row of the ledger of suggestions: planned first, written on request by their own verbs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deputies.models import Contact, Term
from intake import encounters
from intake.kinds.base import NEW, SAME, UPDATED, Plan, Reader
from intake.kinds.suggestions_words import LABELS
from intake.models import Thing
from intake.office import Office
from intake.reading.cells import plain
from suggestions import actions as suggestions
from suggestions.actions.due import due_for
from suggestions.models import Channel, How, OurRole, ProposerRole, Suggestion
from suggestions.workflow import OPEN, SuggestionState

if TYPE_CHECKING:
    from intake.kinds.suggestions import Facts
    from intake.kinds.suggestions_answer import Answer

FILLED = ["number", "session", "text", "field", "term", "key_supervised"]
DUE_SOURCE = "原台账所列办理期限"
# Of a 会办 item old ledgers often do not say to whom the opinion went.
NOT_TOLD = "（原台账未写明）"


@dataclass
class SuggestionWriter:
    office: Office

    def __post_init__(self) -> None:
        self.known: dict[Any, list[Suggestion]] = {}
        everything = Suggestion.objects.prefetch_related("proposers", "replies").select_related("field", "term")
        for each in everything.order_by("pk"):
            leads = [row.deputy_id for row in each.proposers.all() if row.role == ProposerRole.LEAD]
            self.known.setdefault((each.kind, plain(each.title), *leads), []).append(each)
        self.planned: dict[Any, int] = {}
        self.numbers = {
            _place(each.term, each.session, each.kind, each.number): each.title
            for several in self.known.values()
            for each in several
            if each.number
        }

    def plan(self, read: Reader, facts: "Facts") -> Plan:
        key = (facts.kind, plain(facts.title), facts.lead.number)
        if same := self._same(key, facts):
            return self._same_or_updated(read, facts, same)
        here = (*key, facts.received_on.year, facts.number)
        if here in self.planned:
            read.warn("repeated", f"与第 {self.planned[here]} 行重复，只导入一次。", "title")
            return read.plan(SAME)
        if self._number_is_taken(read, facts, facts.session):
            return read.plan(NEW)
        self.planned[here] = read.line.number
        told = {"建议提案": ["", f"{facts.kind.label} {facts.title}（{facts.lead.deputy.name}）"]}
        doubled: list[Contact] = []
        if facts.answer:
            told["答复"] = ["", f"{facts.answer.replied_on:%Y-%m-%d} {facts.answer.result_class}"]
        if facts.answer and facts.answer.in_person:
            met = [known.number for known, _ in facts.proposers]
            doubled = encounters.taken_over(read, self.office, facts.answer.replied_on, "reply", met, told)
        return read.plan(NEW, changes=told, write=lambda: self._write(facts, doubled))

    def _number_is_taken(self, read: Reader, facts: "Facts", session: str) -> bool:
        """By an item of another title or leader: one of the two is wrong."""
        place = _place(facts.term, session, facts.kind, facts.number)
        if facts.number and place in self.numbers:
            title = self.numbers[place]
            sentence = f"编号“{facts.number}”在同一届、同一会议已登记为“{title}”。请核对编号、会议、标题和领衔人。"
            read.refuse("number_taken", sentence, "number")
            return True
        if facts.number:
            self.numbers[place] = facts.title
        return False

    def _same(self, key: Any, facts: "Facts") -> Suggestion | None:
        """The number tells two of one title apart, else the year."""
        for each in self.known.get(key, []):
            numbers = {plain(each.number), plain(facts.number)} - {""}
            if len(numbers) < 2 and (
                (each.number and facts.number) or each.received_on.year == facts.received_on.year
            ):
                return each
        return None

    def _write(self, facts: "Facts", doubled: list[Contact]) -> None:
        by = self.office.by
        suggestion = suggestions.register(
            by=by,
            kind=facts.kind,
            body=facts.seat.body,  # type: ignore[arg-type]
            level=facts.seat.level,  # type: ignore[arg-type]
            title=facts.title,
            received_on=facts.received_on,
            proposers=[(known.deputy, role) for known, role in facts.proposers],
            term=self.office.saved_term(facts.term) if facts.term else None,
            number=facts.number,
            session=facts.session,
            text=facts.text,
            field=facts.field,
            our_role=facts.our_role,
            key_supervised=facts.key_supervised,
        )
        self._handle(suggestion, facts)
        suggestion.refresh_from_db()
        self.office.note(Thing.SUGGESTION, suggestion.pk, suggestion.version)
        encounters.withdraw(self.office, doubled)

    def _handle(self, suggestion: Suggestion, facts: "Facts") -> None:
        """As far as the row tells: 交办, 答复, 评价, 二次答复, then 办结 or 撤回."""
        by = self.office.by
        if facts.department and facts.assigned_on:
            due = (
                {"due_on": facts.due_on, "due_source": DUE_SOURCE} if self._is_set_by_others(suggestion, facts) else {}
            )
            suggestions.assign(
                suggestion=suggestion,
                department=facts.department,
                assigned_on=facts.assigned_on,
                by=by,
                our_role=facts.our_role,
                lead_unit=facts.lead_unit or (NOT_TOLD if facts.our_role == OurRole.JOINT else ""),
                **due,  # type: ignore[arg-type]
            )
            if facts.answer:
                self._answer(suggestion, facts, facts.answer)
                return
        if "撤" in facts.state:
            suggestions.withdraw(suggestion=suggestion, by=by, reason="原台账记为已撤回", on=facts.received_on)

    def _answer(self, suggestion: Suggestion, facts: "Facts", answer: "Answer") -> None:
        by = self.office.by
        # Of a 会办 item the lead unit answers the proposers and hears their verdict.
        to_proposers = facts.our_role != OurRole.JOINT
        reply = suggestions.reply(
            suggestion=suggestion,
            replied_on=answer.replied_on,
            summary=answer.summary,
            result_class=answer.result_class,
            by=by,
            how=How.IN_PERSON if answer.in_person and to_proposers else How.HANDED,
            signed_by=answer.signed_by,
            number=answer.number,
            promises=_promised(answer),
        )
        for known, attitude, result in answer.verdicts if to_proposers else []:
            suggestions.evaluate(
                reply=reply,
                deputy=known.deputy,
                attitude=attitude,
                result=result,
                channel=Channel.FORM,
                received_on=answer.replied_on,
                by=by,
            )
        if answer.kept_on:
            suggestions.keep_promise(
                promise=reply.promises.get(),
                kept_on=answer.kept_on,
                kept_how=answer.kept_how,
                class_now=answer.class_now or answer.result_class,
                by=by,
            )
        if "结" in facts.state:
            suggestions.close(suggestion=suggestion, by=by, unreturned="原台账记为已办结", on=answer.replied_on)

    @staticmethod
    def _is_set_by_others(suggestion: Suggestion, facts: "Facts") -> bool:
        """The deadline that the rules give anyway is computed, so that its reason is told."""
        if facts.due_on is None or facts.assigned_on is None:
            return False
        return due_for(suggestion, facts.our_role, facts.assigned_on).day != facts.due_on

    def _same_or_updated(self, read: Reader, facts: "Facts", known: Suggestion) -> Plan:
        """What is still empty is filled in; the handling goes on at the page of the item."""
        self._tell_progress(read, facts, known)
        said = {name: getattr(facts, name) for name in FILLED}
        after = {name: value for name, value in said.items() if value and not getattr(known, name)}
        if after and known.state not in OPEN:
            read.warn("closed_differs", f"这件{known.get_state_display()}，内容不再更新。")
            after = {}
        if "number" in after and self._number_is_taken(read, facts, known.session or facts.session):
            return read.plan(UPDATED)
        if not after:
            return read.plan(SAME)
        old = {name: getattr(known, name) for name in after}
        told = {LABELS[name]: ["", "是" if value is True else str(value)] for name, value in after.items()}
        for name, value in after.items():
            setattr(known, name, value)

        def write() -> None:
            if "term" in after:
                after["term"] = self.office.saved_term(after["term"])
            fresh = Suggestion.objects.get(pk=known.pk)
            fresh = suggestions.edit(suggestion=fresh, expected=fresh.version, by=self.office.by, **after)
            self.office.note(Thing.SUGGESTION, fresh.pk, fresh.version, old)

        return read.plan(UPDATED, changes=told, write=write)

    @staticmethod
    def _tell_progress(read: Reader, facts: "Facts", known: Suggestion) -> None:
        if facts.answer and not known.replies.all():
            read.warn("further", "表里已有答复，系统里还没有。请在该件页面登记答复。", "replied")
        elif facts.assigned_on and facts.department and known.state == SuggestionState.REGISTERED:
            read.warn("further", "表里已经交办，系统里还没有。请在该件页面办理交办。", "assigned")


def _promised(answer: "Answer") -> list[suggestions.PromiseFacts]:
    """The one promise of a row; day and keeper stay open where the ledger does not say."""
    if not answer.promise:
        return []
    return [suggestions.PromiseFacts(answer.promise, answer.promise_due_on, answer.promise_owner, is_old=True)]


def _place(term: Term | None, session: str, kind: str, number: str) -> tuple[Any, ...]:
    """Where a number is given out once; a 届 that is only planned is known by itself."""
    return (term.pk or id(term)) if term else None, session, kind, plain(number)
