import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each index of notices is written three times for one mail; five that others stand for are dropped."""

    dependencies = [
        ("notices", "0003_mailroom"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=["key"], name="a_fact_is_told_once"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="key",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="notice",
            name="thread",
            field=models.CharField(blank=True, help_text="What it is about: partnership:12", max_length=60),
        ),
        migrations.AlterField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
