import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0009_coverage_worked_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WalkWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus', models.CharField(blank=True, max_length=200, verbose_name='what I want to learn')),
                ('since', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walk_waits', to=settings.AUTH_USER_MODEL)),
                ('walk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='observations.walk')),
            ],
            options={
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='walkwait',
            constraint=models.UniqueConstraint(fields=('walk', 'person'), name='one_waits_once_for_a_walk'),
        ),
    ]
