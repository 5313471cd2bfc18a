import datetime

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0001_initial'),
        ('people', '0002_press'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CoverOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CoverRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_days', models.PositiveSmallIntegerField(default=10, help_text='How long before the day cover is asked for.', verbose_name='school days ahead')),
                ('most_a_week', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)], verbose_name='classes a colleague covers in a week, at most')),
                ('most_out', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='people out on one day, at most')),
                ('too_many', models.CharField(choices=[('flag', 'Say so, and let me decide'), ('refuse', 'Refuse it')], default='flag', max_length=6, verbose_name='when more would be out')),
                ('year_budget', models.PositiveIntegerField(blank=True, null=True, verbose_name='substitute periods a school year')),
            ],
        ),
        migrations.CreateModel(
            name='Substitute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('subjects', models.CharField(blank=True, max_length=200, verbose_name='subjects they teach')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='no longer after')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SubstituteTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(6)])),
                ('day', models.DateField(blank=True, null=True)),
                ('starts', models.TimeField(default=datetime.time(7, 0))),
                ('ends', models.TimeField(default=datetime.time(17, 0))),
                ('can_come', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['day', 'weekday', 'starts'],
            },
        ),
        migrations.AddField(
            model_name='coveroffer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cover_offers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='coveroffer',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cover_offers', to='people.school'),
        ),
        migrations.AddField(
            model_name='coverrule',
            name='school',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cover_rule', to='people.school'),
        ),
        migrations.AddField(
            model_name='substitute',
            name='schools',
            field=models.ManyToManyField(related_name='substitutes', to='people.school'),
        ),
        migrations.AddField(
            model_name='substitutetime',
            name='substitute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='observations.substitute'),
        ),
        migrations.AddConstraint(
            model_name='coveroffer',
            constraint=models.UniqueConstraint(fields=('person', 'school'), name='one_cover_offer_per_school'),
        ),
        migrations.AddConstraint(
            model_name='substitutetime',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('weekday__isnull', False)), models.Q(('day__isnull', False), ('weekday', None)), _connector='OR'), name='substitute_time_is_a_weekday_or_a_date'),
        ),
        migrations.AddConstraint(
            model_name='substitutetime',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='substitute_time_ends_after_it_starts'),
        ),
    ]
