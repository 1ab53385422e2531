"""What was there before: handed back is 待分办, an answered proposer is delivered to, and two more deadlines."""

from datetime import date

from django.db import migrations

SINCE = date(2000, 1, 1)
# purpose, amount, unit, source: no law of the whole country fixes either.
RULES = [
    ("return", 10, "days", "退办无全国统一期限，院内参照浙江等地规定，自交办之日起十日内提出"),
    ("feedback", 15, "workdays", "反馈评价无全国统一期限，院内参照《北京市代表建议办理条例》，答复后十五个工作日内"),
]


def seed(apps, schema_editor):
    rule = apps.get_model("suggestions", "DeadlineRule")
    for purpose, amount, unit, source in RULES:
        facts = {"amount": amount, "unit": unit, "source": source}
        rule.objects.get_or_create(purpose=purpose, kind="", valid_from=SINCE, defaults=facts)


def handed_back_waits_for_a_department(apps, schema_editor):
    suggestion, transition = apps.get_model("suggestions", "Suggestion"), apps.get_model("suggestions", "Transition")
    waiting = suggestion.objects.filter(state="registered", assigned_on__isnull=False)
    transition.objects.filter(suggestion__in=waiting, old="handling", new="registered").update(new="accepted")
    waiting.update(state="accepted")


def earlier_answers_reached_everybody(apps, schema_editor):
    """Until now an answer was one row for all its proposers; who was met is in the ledger of contacts."""
    reply, delivery = apps.get_model("suggestions", "Reply"), apps.get_model("suggestions", "Delivery")
    proposer, contact = apps.get_model("suggestions", "Proposer"), apps.get_model("deputies", "Contact")
    for each in reply.objects.exclude(suggestion__our_role="joint").iterator():
        known = contact.objects.filter(origin_key=f"reply:{each.pk}").first() if each.in_person else None
        met = set(known.deputies.values_list("pk", flat=True)) if known else set()
        delivery.objects.bulk_create(
            delivery(
                reply=each,
                deputy_id=row.deputy_id,
                on=each.replied_on,
                how="in_person" if row.deputy_id in met else "handed",
            )
            for row in proposer.objects.filter(suggestion=each.suggestion_id)
        )


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0007_answers_signed_here"), ("deputies", "0009_year_contact")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(handed_back_waits_for_a_department, migrations.RunPython.noop),
        migrations.RunPython(earlier_answers_reached_everybody, migrations.RunPython.noop),
    ]
