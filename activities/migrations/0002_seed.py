"""The kinds of activity a house begins with; the office edits them afterwards."""

from django.db import migrations

KINDS = [
    "检察开放日",
    "公开听证",
    "视察",
    "专题调研",
    "座谈会",
    "旁听庭审",
    "公益诉讼现场",
    "普法宣讲",
    "支部共建",
    "专题汇报",
    "其他",
]


def seed(apps, schema_editor):
    ActivityKind = apps.get_model("activities", "ActivityKind")
    for order, name in enumerate(KINDS, start=1):
        ActivityKind.objects.get_or_create(name=name, defaults={"order": order})


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
