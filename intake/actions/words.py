"""What the office teaches the import: its own headings, its own words for departments, ways, kinds and seats."""

from django.db import transaction

from common.denied import Denied
from intake import policies
from intake.aliases import meanings
from intake.models import Alias, AliasOf, HeadingSynonym, LedgerKind
from intake.reading.cells import plain
from intake.reading.headings import heading_key
from intake.run import WORDS
from staff import audit
from staff.models import User


@transaction.atomic
def remember_heading(*, kind: LedgerKind, heading: str, means: str, by: User) -> HeadingSynonym:
    """From now on ``heading`` is read like the known heading ``means``; an empty one says: do not import."""
    policies.check_can_import(by)
    field = WORDS[kind].field_of(means) if means else ""
    if field is None:
        raise Denied(f"“{means}”不是{kind.label}认识的表头，请写成已有的列名。")
    key = heading_key(heading)[:60]
    if not key:
        raise Denied("请写表头的文字，只有标点的不能对照。")
    synonym, _ = HeadingSynonym.objects.update_or_create(kind=kind, heading=key, defaults={"field": field})
    audit.record("import.heading_mapped", by=by, target=synonym, changes={"field": ["", field]})
    return synonym


@transaction.atomic
def forget_heading(*, synonym: HeadingSynonym, by: User) -> None:
    policies.check_can_import(by)
    audit.record("import.heading_forgotten", by=by, target=synonym, changes={"field": [synonym.field, ""]})
    synonym.delete()


@transaction.atomic
def add_alias(*, of: AliasOf, word: str, means: str, by: User) -> Alias:
    """From now on ``word`` is read as ``means``; what it meant before is replaced."""
    policies.check_can_import(by)
    if means not in dict(meanings(of)):
        raise Denied("要对照的项目已经停用，请刷新页面后重新选择。")
    alias, _ = Alias.objects.update_or_create(of=of, word=plain(word)[:40], defaults={"means": means})
    audit.record("import.alias_added", by=by, target=alias, changes={"means": ["", means]})
    return alias


@transaction.atomic
def forget_alias(*, alias: Alias, by: User) -> None:
    policies.check_can_import(by)
    audit.record("import.alias_forgotten", by=by, target=alias, changes={"means": [alias.means, ""]})
    alias.delete()
