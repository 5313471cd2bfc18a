"""The table that rate limits are counted in while Redis is away."""

from django.core.management import call_command
from django.db import migrations

TABLE = "cache_while_redis_is_away"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    operations = [migrations.RunPython(make, drop)]
