import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0002_school_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Timetable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='holds from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timetables', to='people.school')),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TeachingSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='day of the cycle')),
                ('period', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('class', 'Class'), ('duty', 'Duty or meeting')], default='class', max_length=5)),
                ('class_name', models.CharField(blank=True, max_length=80, verbose_name='class')),
                ('room', models.CharField(blank=True, max_length=40)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teaching_slots', to=settings.AUTH_USER_MODEL)),
                ('timetable', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='schedule.timetable')),
            ],
            options={
                'ordering': ['position', 'period', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='timetable',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='timetable_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='timetable',
            constraint=models.UniqueConstraint(fields=('school', 'starts_on'), name='one_timetable_from_a_date_on'),
        ),
        migrations.AddIndex(
            model_name='teachingslot',
            index=models.Index(fields=['teacher', 'timetable'], name='slots_of_a_teacher'),
        ),
        migrations.AddIndex(
            model_name='teachingslot',
            index=models.Index(fields=['timetable', 'position', 'period'], name='slots_of_a_period'),
        ),
        migrations.AddConstraint(
            model_name='teachingslot',
            constraint=models.UniqueConstraint(fields=('timetable', 'teacher', 'position', 'period', 'class_name', 'subject', 'room'), name='a_slot_stands_once_in_a_timetable'),
        ),
    ]
