import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_press'),
        ('schedule', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayCycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='holds from')),
                ('follows', models.CharField(choices=[('weekdays', 'The days of the week'), ('school_days', 'One after the other; after a day off, the day that was missed comes next'), ('dates', 'One after the other, Monday to Friday; a day off loses its turn')], default='weekdays', max_length=12)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='day_cycles', to='people.school')),
            ],
            options={
                'ordering': ['starts_on'],
            },
        ),
        migrations.CreateModel(
            name='CycleDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=20)),
                ('bell_schedule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schedule.bellschedule')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='schedule.daycycle')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SchoolDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('position', models.PositiveSmallIntegerField(null=True, verbose_name='day of the cycle')),
                ('cycle_day', models.CharField(blank=True, max_length=20)),
                ('off', models.CharField(blank=True, max_length=80)),
                ('bell_schedule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schedule.bellschedule')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='school_days', to='people.school')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=80)),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='day of the cycle')),
                ('bell_schedule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schedule.bellschedule')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='special_days', to='people.school')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='people.school')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='people.schoolyear')),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='daycycle',
            constraint=models.UniqueConstraint(fields=('school', 'starts_on'), name='one_day_cycle_from_a_date_on'),
        ),
        migrations.AddConstraint(
            model_name='cycleday',
            constraint=models.UniqueConstraint(fields=('cycle', 'position'), name='cycle_days_are_counted'),
        ),
        migrations.AddConstraint(
            model_name='cycleday',
            constraint=models.UniqueConstraint(fields=('cycle', 'name'), name='cycle_day_names_differ'),
        ),
        migrations.AddIndex(
            model_name='schoolday',
            index=models.Index(fields=['day', 'school'], name='school_days_by_date'),
        ),
        migrations.AddConstraint(
            model_name='schoolday',
            constraint=models.UniqueConstraint(fields=('school', 'day'), name='a_date_is_one_day_at_a_school'),
        ),
        migrations.AddConstraint(
            model_name='specialday',
            constraint=models.UniqueConstraint(fields=('school', 'day'), name='one_special_day_per_school_and_date'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='term_ends_after_it_starts'),
        ),
    ]
