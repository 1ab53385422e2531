"""Each reply knows the class that holds now; what was kept stands with the promises."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('suggestions', '0010_promise_rows'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reply',
            name='reply_kept_on_not_before_replied_on',
        ),
        migrations.RemoveConstraint(
            model_name='reply',
            name='reply_kept_on_with_kept_how',
        ),
        migrations.RemoveField(
            model_name='reply',
            name='kept_how',
        ),
        migrations.RemoveField(
            model_name='reply',
            name='kept_on',
        ),
        migrations.AlterField(
            model_name='reply',
            name='class_now',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suggestions.resultclass', verbose_name='现办理结果'),
        ),
    ]
