"""The rows that an office starts with and edits later. Running it again changes nothing."""

from django.db import migrations

METHODS = [
    ("走访", "visit"),
    ("座谈", "talk"),
    ("电话", "phone"),
    ("来访", "reception"),
    ("微信", "wechat"),
    ("面商", "consult"),
    ("当面答复", "reply"),
    ("参加活动", "activity"),
    ("寄送材料", "mail"),
]
CONCERNS = [
    "涉农", "生态环境", "营商环境", "未成年人保护", "公共安全",
    "社会治理", "知识产权", "民生保障", "妇女权益", "数字检察",
]  # fmt: skip
ROLES = ["人民监督员", "听证员", "特约检察员", "公益诉讼观察员", "专家咨询委员"]


def seed(apps, schema_editor):
    method = apps.get_model("deputies", "ContactMethod")
    for order, (name, code) in enumerate(METHODS, start=1):
        method.objects.get_or_create(
            code=code, defaults={"name": name, "order": order, "is_touch": code != "mail"}
        )
    for model, names in (("FieldOfConcern", CONCERNS), ("AppointmentRole", ROLES)):
        for order, name in enumerate(names, start=1):
            apps.get_model("deputies", model).objects.get_or_create(name=name, defaults={"order": order})


class Migration(migrations.Migration):
    dependencies = [("deputies", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
