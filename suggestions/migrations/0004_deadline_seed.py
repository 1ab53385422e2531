"""The rules and holidays of the first day, and what open deadlines were computed from. Run twice, nothing doubles."""

from datetime import date

from django.db import migrations

SINCE = date(2000, 1, 1)
# purpose, kind, months, source. Only the first is a law of the whole country; the others say what the house follows.
RULES = [
    ("reply", "suggestion", 3, "《代表法》第五十一条：自交办之日起三个月内答复"),
    ("reply", "proposal", 3, "政协提案无全国统一期限，院内参照《代表法》第五十一条，自交办之日起三个月内办复"),
    ("reply", "deliberation", 1, "审议意见无统一法定期限，院内要求自交办之日起一个月内反馈；决议另定期限的，从其规定"),
    ("reply", "everyday", 1, "日常意见无法定期限，院内参照《青岛市实施办法》第三十二条，自交办之日起一个月内答复"),
    ("joint", "", 1, "会办意见无全国统一期限，院内参照上海、山东、福建等地规定，一个月内送主办单位"),
    ("redo", "", 1, "重新办理无全国统一期限，院内参照上海、浙江、山东等地规定，自收到不满意评价之日起一个月内再次答复"),
]
# The notices of the State Council: name, first day, last day, weekend days worked for it.
NOTICES = {
    (2024, "国办发明电〔2023〕7号"): [
        ("元旦", "2024-01-01", "2024-01-01", []),
        ("春节", "2024-02-10", "2024-02-17", ["2024-02-04", "2024-02-18"]),
        ("清明节", "2024-04-04", "2024-04-06", ["2024-04-07"]),
        ("劳动节", "2024-05-01", "2024-05-05", ["2024-04-28", "2024-05-11"]),
        ("端午节", "2024-06-10", "2024-06-10", []),
        ("中秋节", "2024-09-15", "2024-09-17", ["2024-09-14"]),
        ("国庆节", "2024-10-01", "2024-10-07", ["2024-09-29", "2024-10-12"]),
    ],
    (2025, "国办发明电〔2024〕12号"): [
        ("元旦", "2025-01-01", "2025-01-01", []),
        ("春节", "2025-01-28", "2025-02-04", ["2025-01-26", "2025-02-08"]),
        ("清明节", "2025-04-04", "2025-04-06", []),
        ("劳动节", "2025-05-01", "2025-05-05", ["2025-04-27"]),
        ("端午节", "2025-05-31", "2025-06-02", []),
        ("国庆节、中秋节", "2025-10-01", "2025-10-08", ["2025-09-28", "2025-10-11"]),
    ],
    (2026, "国办发明电〔2025〕7号"): [
        ("元旦", "2026-01-01", "2026-01-03", ["2026-01-04"]),
        ("春节", "2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
        ("清明节", "2026-04-04", "2026-04-06", []),
        ("劳动节", "2026-05-01", "2026-05-05", ["2026-05-09"]),
        ("端午节", "2026-06-19", "2026-06-21", []),
        ("中秋节", "2026-09-25", "2026-09-27", []),
        ("国庆节", "2026-10-01", "2026-10-07", ["2026-09-20", "2026-10-10"]),
    ],
}


def seed(apps, schema_editor):
    rule, holiday = apps.get_model("suggestions", "DeadlineRule"), apps.get_model("suggestions", "Holiday")
    for purpose, kind, months, source in RULES:
        rule.objects.get_or_create(
            purpose=purpose, kind=kind, valid_from=SINCE, defaults={"amount": months, "source": source}
        )
    for (year, source), rows in NOTICES.items():
        for name, first, last, worked in rows:
            facts = {"first_on": first, "last_on": last, "worked": worked, "source": source}
            holiday.objects.get_or_create(year=year, name=name, defaults=facts)


def remember_starts(apps, schema_editor):
    """Of open deadlines that were computed: the start and the rule, so that a new holiday moves them."""
    suggestion, rule = apps.get_model("suggestions", "Suggestion"), apps.get_model("suggestions", "DeadlineRule")
    transition = apps.get_model("suggestions", "Transition")
    rules = {(each.purpose, each.kind): each for each in rule.objects.filter(valid_from=SINCE, body="", level="")}
    computed = suggestion.objects.filter(state__in=["registered", "handling"], due_on__isnull=False, due_rule=None)
    for each in computed.exclude(due_reason__contains="期限由交办单位确定"):
        again = transition.objects.filter(suggestion=each, old="replied", new="handling").order_by("-pk").first()
        purpose = "redo" if again else "joint" if each.our_role == "joint" else "reply"
        each.due_rule = rules[purpose, each.kind if purpose == "reply" else ""]
        each.due_start = again.on if again else each.assigned_on
        each.save(update_fields=["due_rule", "due_start"])


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0003_deadlines")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(remember_starts, migrations.RunPython.noop),
    ]
