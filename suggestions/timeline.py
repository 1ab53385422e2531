"""A person's suggestions in the one timeline: proposed, answered, judged, answered again."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from deputies.models import Deputy
from deputies.timeline import Entry, Kind, register
from staff.models import User
from suggestions import overview
from suggestions.models import Evaluation, FirstVisit, Proposer, Reply, Suggestion


@register
def suggestions(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    visible = Suggestion.objects.visible_to(user)
    mine = Proposer.objects.filter(deputy=deputy, suggestion__in=visible).select_related("suggestion")
    answers = ["evaluations", "result_class", "class_now", "promises"]
    for proposer in mine.prefetch_related(*(f"suggestion__replies__{each}" for each in answers)):
        suggestion = proposer.suggestion
        yield _proposed(proposer, today)
        for reply in suggestion.replies.all():
            yield from _answered(reply, suggestion, deputy)


@register
def first_visits(user: User, deputy: Deputy, today: date) -> Iterator[Entry]:
    """Answered at the door on the first working day after Spring Festival."""
    met = FirstVisit.objects.visible_to(user).met().filter(deputy=deputy)
    for visit in met.select_related("task", "leader"):
        assert visit.visited_on  # a visit that took place has its day, says the database
        yield Entry(
            visit.visited_on,
            Kind.VOICE,
            "第一任务",
            title=f"{visit.leader}上门答复",
            url=reverse("suggestions:first-task-year", args=[visit.task.year]),
            meta=visit.place,
            text=visit.answered,
            pills=(("已签字", "ok"),) if visit.signed else (),
            tells=visit.origin_key,
            order=3,
        )


def _proposed(proposer: Proposer, today: date) -> Entry:
    suggestion = proposer.suggestion
    line = overview.line(suggestion, today)
    pills = [(suggestion.get_state_display(), line.tone)]
    if line.remaining:
        pills.append((line.remaining.words, line.remaining.tone))
    what = f"{suggestion.kind_name}（{proposer.get_role_display()}）"
    return Entry(
        suggestion.received_on, Kind.VOICE, what, suggestion.title, _url(suggestion), pills=tuple(pills), order=-1
    )


def _answered(reply: Reply, suggestion: Suggestion, deputy: Deputy) -> Iterator[Entry]:
    title, url = suggestion.title, _url(suggestion)
    yield Entry(
        reply.replied_on,
        Kind.VOICE,
        "当面答复" if reply.in_person else "答复",
        title,
        url,
        meta=str(reply.result_class),
        text=reply.summary,
        tells=f"reply:{reply.pk}",
    )
    for verdict in reply.evaluations.all():
        if verdict.deputy_id == deputy.pk:
            yield Entry(verdict.received_on, Kind.VOICE, "评价", title, url, text=_words(verdict), order=1)
    for promise in reply.promises.all():
        if promise.kept_on:
            tells = f"promise:{promise.pk}"
            yield Entry(
                promise.kept_on, Kind.VOICE, "二次答复", title, url, text=promise.kept_how, tells=tells, order=2
            )


def _words(verdict: Evaluation) -> str:
    return f"{verdict.words}。{verdict.reason}" if verdict.reason else f"{verdict.words}。"


def _url(suggestion: Suggestion) -> str:
    return reverse("suggestions:detail", args=[suggestion.pk])
