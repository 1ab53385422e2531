"""公开审查, in a dialog of the office."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from staff.permissions import P, StaffRequest, requires
from suggestions import actions, policies
from suggestions.forms.publishing import PublicationForm
from suggestions.views.dialogs import Dialog, my_reply, run, sent


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def publication(request: StaffRequest, pk: int) -> HttpResponse:
    user, reply = my_reply(request, pk)
    policies.check_can_publish(user, reply)
    form = PublicationForm(sent(request), reply=reply)
    wish = reply.suggestion.get_publication_wish_display() or "未表示"
    dialog = Dialog(
        "登记公开审查",
        "公开审查已登记。",
        reply.suggestion,
        form,
        lambda data: actions.decide_publication(reply=reply, expected=form.cleaned_data["version"], by=user, **data),
        note=f"提出人公开意愿：{wish}。公开前隐去代表委员联系方式等个人信息。",
    )
    return run(request, dialog)
