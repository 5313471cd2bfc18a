from django.db import migrations

OF_THE_PAIR = ["note", "contact", "message"]


def bring_back(apps, schema_editor):
    """Notes about a colleague that were released to a whole school: by name is the only way they leave the pair."""
    entries = apps.get_model("partnerships", "Entry").objects.filter(kind__in=OF_THE_PAIR, audience="school")
    apps.get_model("partnerships", "Consent").objects.filter(entry__in=entries).delete()
    entries.update(audience="partners", released_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0003_hand_over_share_and_emergency'),
    ]

    operations = [
        migrations.RunPython(bring_back, migrations.RunPython.noop),
    ]
