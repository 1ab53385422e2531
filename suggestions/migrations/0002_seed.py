"""The four result classes (办理结果), as the office finds them on the first day. Run twice, nothing doubles."""

from django.db import migrations

CLASSES = [
    ("A", "已解决或采纳", False),
    ("B", "正在解决或列入计划", True),
    ("C", "因条件限制暂难解决", True),
    ("D", "留作参考", False),
]


def seed(apps, schema_editor):
    result_class = apps.get_model("suggestions", "ResultClass")
    for order, (code, name, promises) in enumerate(CLASSES, start=1):
        result_class.objects.get_or_create(code=code, defaults={"name": name, "promises": promises, "order": order})


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
