import django.db.models.deletion
import django.utils.timezone
import observations.models.cover
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0002_who_covers'),
        ('schedule', '0003_timetables'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='coverage',
            name='assigned_coverage_has_a_coverer',
        ),
        migrations.RemoveConstraint(
            model_name='coverage',
            name='coverer_in_one_place_at_a_time',
        ),
        migrations.AddField(
            model_name='coverage',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='The last change that an export would show.'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='coverage',
            name='plan',
            field=models.FileField(blank=True, upload_to=observations.models.cover.kept_plan, verbose_name='lesson plan'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='plan_name',
            field=models.CharField(blank=True, max_length=120, verbose_name='name of the file'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='slot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schedule.teachingslot'),
        ),
        migrations.AddField(
            model_name='coverage',
            name='subject',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='coverage',
            name='asked_at',
            field=models.DateTimeField(help_text='When it was asked for, or worked out.'),
        ),
        migrations.AlterField(
            model_name='coverage',
            name='state',
            field=models.CharField(choices=[('needed', 'Needed, not asked for yet'), ('asked', 'Asked'), ('returned', 'Returned'), ('approved', 'Approved, nobody named yet'), ('assigned', 'Named, not confirmed yet'), ('confirmed', 'Covered'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10),
        ),
        migrations.AddField(
            model_name='coverage',
            name='substitute',
            field=models.ForeignKey(blank=True, help_text='Instead of a colleague.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='observations.substitute'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['assigned', 'confirmed']), _negated=True), models.Q(('coverer__isnull', False), ('substitute', None)), models.Q(('coverer', None), ('substitute__isnull', False)), _connector='OR'), name='named_coverage_has_one_who_covers'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['returned', 'withdrawn']), _negated=True), fields=('event', 'asker', 'day', 'starts'), name='a_class_needs_cover_once_per_event'),
        ),
    ]
