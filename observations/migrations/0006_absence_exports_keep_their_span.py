import datetime as dt

from django.db import migrations, models

OLD = dt.date(2000, 1, 1)


class Migration(migrations.Migration):
    dependencies = [("observations", "0005_absence_exports")]

    operations = [
        migrations.AddField(
            "coverageexport", "first", models.DateField(default=OLD, verbose_name="first day"), preserve_default=False
        ),
        migrations.AddField(
            "coverageexport", "last", models.DateField(default=OLD, verbose_name="last day"), preserve_default=False
        ),
        migrations.AddField(
            "coverageexport",
            "whole",
            models.BooleanField(default=False, help_text="Everything again, as for a system that starts empty."),
        ),
        migrations.AddField(
            "coverageexport",
            "columns",
            models.JSONField(default=list, help_text="[heading, fact] of each column, as they were chosen then."),
        ),
        migrations.AddField(
            "exportedcoverage",
            "day",
            models.DateField(
                default=OLD, help_text="As it was told: a request that has moved since is found by both days."
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "exportedcoverage",
            models.Index(fields=["day"], condition=models.Q(is_last=True), name="last_words_by_day"),
        ),
    ]
