"""From now on the database refuses to change or delete audit rows (see ``staff.append_only``)."""

from django.db import migrations

from staff import append_only


def on(apps, schema_editor):
    append_only.impose(schema_editor.connection)


def off(apps, schema_editor):
    append_only.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [migrations.RunPython(on, off)]
