"""What is edited in a dialog."""

from typing import Any

from common.forms import RecordForm
from common.sensitive import GuardedForm
from common.versions import VersionField


class DialogForm(GuardedForm, RecordForm):
    """An existing record and the version it had when the form was drawn; a new record has none."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]
