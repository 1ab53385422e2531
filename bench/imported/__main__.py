"""The same ledger through plain django-import-export, as its documentation has it: ``python -m bench.imported FILE``.

One resource, natural keys instead of ids, so that a second time changes nothing; deputies by their names alone (which
in the bench are unique, and which an office's are not). Nothing is recognised, explained, guarded or undone.
"""

import os
import sys
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")
django.setup()

from import_export import fields, resources, widgets  # noqa: E402
from tablib import Dataset  # noqa: E402

from deputies.models import Contact, ContactMethod, Deputy, Origin  # noqa: E402
from staff.models import Department, User  # noqa: E402


class ContactResource(resources.ModelResource):
    happened_on = fields.Field("happened_on", "日期", widgets.DateWidget())
    deputies = fields.Field("deputies", "联络对象", widgets.ManyToManyWidget(Deputy, separator="、", field="name"))
    method = fields.Field("method", "联络方式", widgets.ForeignKeyWidget(ContactMethod, "name"))
    place = fields.Field("place", "地点")
    department = fields.Field("department", "承办部门", widgets.ForeignKeyWidget(Department, "name"))
    note = fields.Field("note", "联络内容")

    class Meta:
        model = Contact
        fields = ["happened_on", "deputies", "method", "place", "department", "note"]
        import_id_fields = ["happened_on", "note"]
        skip_unchanged = True
        use_transactions = True

    def init_instance(self, row: Any = None) -> Contact:
        return Contact(happened_on=row["日期"], origin=Origin.IMPORT, recorded_by=self.by)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        row["日期"] = row["日期"].date() if isinstance(row["日期"], datetime) else row["日期"]

    @cached_property
    def by(self) -> User:
        return User.objects.get(username="bench")


def main(path: Path) -> None:
    dataset = Dataset().load(path.read_bytes(), format="xlsx")
    result = ContactResource().import_data(dataset, raise_errors=True)
    print(result.totals)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
