"""What letters say of the house."""

from typing import Any

from django.db import transaction

from common.versions import save_version
from deputies.actions.changes import changes_of
from deputies.policies import check_can_keep_choices
from staff import audit
from staff.models import User
from suggestions.models import LetterHead


@transaction.atomic
def edit_letter_head(*, head: LetterHead, expected: int, by: User, **fields: Any) -> LetterHead:
    """For letters drafted from now on; those that went out are on paper."""
    check_can_keep_choices(by)
    told = changes_of(LetterHead.objects.ours(), fields)
    save_version(head, expected=expected, **fields)
    audit.record("letter_head.edited", by=by, target=head, changes=told)
    return head
