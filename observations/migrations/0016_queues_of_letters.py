from django.db import migrations, models
from django.db.models import Q

mailed, failed = Q(sent_at__isnull=False), Q(failed_at__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("observations", "0015_cover_of_a_person_by_day")]

    operations = [
        migrations.AddIndex(
            "substituteletter", models.Index(fields=["sent_at"], name="letters_mailed", condition=mailed)
        ),
        migrations.AddIndex(
            "substituteletter", models.Index(fields=["failed_at"], name="letters_failed", condition=failed)
        ),
    ]
