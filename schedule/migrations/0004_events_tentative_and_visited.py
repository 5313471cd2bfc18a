from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0003_timetables'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='visited',
            field=models.BooleanField(default=False, help_text='Their class is visited: they teach it meanwhile.'),
        ),
        migrations.AddField(
            model_name='event',
            name='awaits_cover',
            field=models.BooleanField(default=False, help_text='Tentative: a class that it takes has no cover yet.'),
        ),
        migrations.AddField(
            model_name='event',
            name='links',
            field=models.JSONField(blank=True, default=list, help_text='What to bring or read: [title, address] each.'),
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.UUIDField(blank=True, db_index=True, help_text='The same for events that repeat.', null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='trouble',
            field=models.CharField(blank=True, help_text="What a change of the school's days broke.", max_length=200),
        ),
    ]
