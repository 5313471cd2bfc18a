import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forbid_overlaps(apps, schema_editor):
    """On PostgreSQL the database itself refuses a second firm booking; SQLite writes one after the other anyway."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(
            "ALTER TABLE schedule_booking ADD CONSTRAINT nobody_is_double_booked "
            "EXCLUDE USING gist (holder WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (firm)"
        )


def allow_overlaps(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE schedule_booking DROP CONSTRAINT nobody_is_double_booked")


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0004_events_tentative_and_visited'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=160)),
                ('source', models.CharField(max_length=60)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('firm', models.BooleanField(default=True)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='schedule.event')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['holder', 'starts_at'], name='bookings_of_a_holder'), models.Index(fields=['person', 'starts_at'], name='bookings_of_a_person'), models.Index(fields=['source'], name='bookings_of_a_source')],
                'constraints': [models.UniqueConstraint(fields=('holder', 'source'), name='a_source_books_a_holder_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_ends_after_it_starts')],
            },
        ),
        migrations.RunPython(forbid_overlaps, allow_overlaps),
    ]
