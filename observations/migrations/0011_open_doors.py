import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0010_walk_waiting_list'),
        ('people', '0002_press'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenDoor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('doing', models.CharField(max_length=300, verbose_name='what we will be doing')),
                ('look_for', models.CharField(blank=True, max_length=300, verbose_name='what to look for')),
                ('seats', models.CharField(blank=True, max_length=200, verbose_name='where to sit')),
                ('visitors', models.PositiveSmallIntegerField(default=3, verbose_name='how many visitors at once')),
                ('most_visits', models.PositiveSmallIntegerField(default=2, verbose_name='visits on one day at most')),
                ('may_talk', models.BooleanField(default=False, verbose_name='visitors may talk with students')),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_doors', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='open_doors', to='people.school')),
            ],
            options={
                'ordering': ['school__name', 'host__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DoorTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='day of the cycle')),
                ('period', models.CharField(blank=True, max_length=20)),
                ('starts', models.TimeField(blank=True, null=True)),
                ('ends', models.TimeField(blank=True, null=True)),
                ('class_name', models.CharField(blank=True, max_length=80, verbose_name='class')),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('moved_on', models.DateField(blank=True, help_text='The first date on which this class is not there any more: its host was told.', null=True)),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='observations.opendoor')),
            ],
            options={
                'ordering': ['position', 'starts', 'period', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='opendoor',
            index=models.Index(fields=['school', 'ends_on'], name='open_doors_of_a_school'),
        ),
        migrations.AddConstraint(
            model_name='opendoor',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='open_door_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='opendoor',
            constraint=models.CheckConstraint(condition=models.Q(('most_visits__gte', 1), ('visitors__gte', 1)), name='open_door_lets_somebody_in'),
        ),
        migrations.AddConstraint(
            model_name='doortime',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('position__isnull', False), ('starts', None), models.Q(('period', ''), _negated=True)), models.Q(('ends__gt', models.F('starts')), ('period', ''), ('starts__isnull', False)), _connector='OR'), name='open_time_is_a_period_or_hours'),
        ),
        migrations.AddConstraint(
            model_name='doortime',
            constraint=models.UniqueConstraint(condition=models.Q(('period', ''), _negated=True), fields=('door', 'position', 'period'), name='a_period_is_open_once_in_a_door'),
        ),
    ]
