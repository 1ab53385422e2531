"""Who may call which URL of the import: the office alone."""

from io import BytesIO
from uuid import uuid4

from common.files import write_whole
from intake.models import Alias, HeadingSynonym, ImportRun
from intake.workflow import RunState
from staff.permissions import P
from tests.access import Row, holding
from tests.intake.books import ROSTER, book, file_of
from tests.world import World

OFFICE = holding(P.IMPORT)


def workbook() -> BytesIO:
    return file_of(book({"区人大": [ROSTER, [1, "张三", "男", "厂", "工", "13800000001", "区"]]}))


def ready(world: World) -> dict[str, int]:
    """Looked at, not imported."""
    path = f"imports/{uuid4().hex}.bin"
    write_whole(path, workbook().getvalue())
    facts = {"file_name": "名册.xlsx", "sha256": "0" * 64, "file": path, "state": RunState.READY}
    counts = {"rows_with_text": 1, "imported": 1, "new": 1, "updated": 0, "same": 0, "errors": 0, "ignored": 0}
    return {"pk": ImportRun.objects.create(**facts, counts=counts, by=world.office).pk}


def done(world: World) -> dict[str, int]:
    pk = ready(world)["pk"]
    run = ImportRun.objects.get(pk=pk)
    ImportRun.objects.filter(pk=pk).update(state=RunState.DONE, done_at=run.at)
    return {"pk": pk}


def heading(world: World) -> dict[str, int]:
    return {"pk": HeadingSynonym.objects.create(kind="roster", heading=uuid4().hex, field="phone").pk}


def alias(world: World) -> dict[str, int]:
    return {"pk": Alias.objects.create(of="seat", word=uuid4().hex, means="district-congress").pk}


ROWS = [
    Row("intake:list", {"GET": OFFICE, "POST": OFFICE}),
    Row("intake:run", {"GET": OFFICE}, own=ready),
    Row("intake:decide", {"POST": OFFICE}, own=ready),
    Row("intake:confirm", {"POST": OFFICE}, own=ready),
    Row("intake:discard", {"POST": OFFICE}, own=ready),
    Row("intake:undo", {"POST": OFFICE}, own=done),
    Row("intake:errors", {"GET": OFFICE}, own=ready),
    Row("intake:words", {"GET": OFFICE}),
    Row("intake:heading-new", {"POST": OFFICE}),
    Row("intake:heading-forget", {"POST": OFFICE}, own=heading),
    Row("intake:alias-new", {"POST": OFFICE}),
    Row("intake:alias-forget", {"POST": OFFICE}, own=alias),
]
