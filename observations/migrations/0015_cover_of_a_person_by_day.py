from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("observations", "0014_notes_that_survive")]

    operations = [
        migrations.AddIndex("coverage", models.Index(fields=["asker", "day"], name="coverage_of_an_asker")),
        migrations.AddIndex("coverage", models.Index(fields=["coverer", "day"], name="coverage_by_a_coverer")),
        migrations.AddIndex("coverage", models.Index(fields=["substitute", "day"], name="coverage_by_a_substitute")),
    ]
