from django.db import migrations, models
from django.db.models import Q

mailed = models.Index(fields=["sent_at"], name="event_invitations_mailed", condition=Q(sent_at__isnull=False))
failed = models.Index(fields=["failed_at"], name="event_invitations_failed", condition=Q(failed_at__isnull=False))


class Migration(migrations.Migration):
    dependencies = [("schedule", "0008_book_the_events_that_stand")]

    operations = [migrations.AddIndex("eventinvitation", mailed), migrations.AddIndex("eventinvitation", failed)]
