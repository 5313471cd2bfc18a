"""What this room keeps of people: read with people/kept.py."""

import base64

from django.db.models import Q

from people.kept import Kept, nothing_personal
from people.retention import Rule

from .models import OutboxMail, WrittenMail

MAIL = "Until the district's span for mail is over."


def drop_mails(names):
    """Mails to the person go; of others', what hangs on them and names the person."""
    for address in names.addresses:
        OutboxMail.objects.filter(to=address.lower()).delete()
        WrittenMail.objects.filter(readers__icontains=address).delete()
    for mail in OutboxMail.objects.exclude(attachments=[]):
        left = [part for part in mail.attachments if not names.found_in(_words_in(part))]
        if len(left) < len(mail.attachments):
            OutboxMail.objects.filter(pk=mail.pk).update(attachments=left)
    for mail in WrittenMail.objects.exclude(wire=b""):
        if names.found_in(bytes(mail.wire).decode(errors="replace")):
            mail.delete()


def _words_in(part):
    """An attachment as text; a long line of a calendar is folded there."""
    text = base64.b64decode(part["content"]).decode(errors="replace")
    return text.replace("\r\n ", "").replace("\n ", "") + part["name"]


# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("notices.Notice", "What you were told", purpose="To tell you what waits for you, and what changed.",
        readers="Yourself; of mail that failed, district admins see that it did.", until=MAIL, whose="person",
        goes=True, facts="kind facts path thread made_at due_at sent_at read_at archived_at acted_at",
        people="person", plain="key next_at attempts dropped_at failed_at failure rests_until digest kept_at"),
    Kept("notices.Digest", "Daily e-mails", purpose="To tell you many things in one e-mail.", readers="Yourself.",
        until=MAIL, whose="person", goes=True, facts="day sent_at", people="person",
        plain="next_at attempts dropped_at failed_at failure"),
    Kept("notices.Preference", "How you want to be told", purpose="To tell you as you like it.", readers="Yourself.",
        until="As long as the account is there.", whose="person", goes=True, facts="kind how", people="person"),
    Kept("notices.QuietHours", "Your quiet hours", purpose="To leave you in peace.", readers="Yourself.",
        until="As long as the account is there.", whose="person", goes=True, facts="quiet_from quiet_until",
        people="person"),
    Kept("notices.MailLimit", "How many e-mails a day", purpose="To mail you no more than you like.",
        readers="Yourself.", until="As long as the account is there.", whose="person", goes=True, facts="a_day",
        people="person"),
    Kept("notices.OutboxMail", "E-mails on a site without a mail server",
        purpose="To show the mail that would have left.", readers="Yourself.", until=MAIL,
        whose=lambda person: Q(to=person.email.lower()), goes=True, facts="to subject text made_at",
        plain="html headers attachments helps_sign_in"),
    Kept("notices.WrittenMail", "E-mails that help to sign in", purpose="To send them.", readers="Nobody.",
        until="The words until they are sent, the rest as other mail.",
        whose=lambda person: Q(readers__icontains=person.email), goes=True, facts="readers made_at sent_at",
        secret="wire", plain="key sender next_at attempts dropped_at failed_at failure"),
    Kept("notices.Pause", "Pauses of all mail", purpose="To see who holds mail back.", readers="District admins.",
        until="Until mail goes on.", whose="begun_by", facts="begun_at", people="begun_by"),
    nothing_personal("notices.Heartbeat", "name at"),
]
# fmt: on

# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("notices", "notices", "notices.Notice", "mail", lambda cutoff: Q(due_at__lt=cutoff.before), people="person"),
    Rule("digests", "daily e-mails", "notices.Digest", "mail", lambda cutoff: Q(day__lt=cutoff.before), "person"),
    Rule("outbox", "copies of e-mails", "notices.OutboxMail", "mail", lambda cutoff: Q(made_at__lt=cutoff.before)),
    Rule("written", "e-mails", "notices.WrittenMail", "mail", lambda cutoff: Q(made_at__lt=cutoff.before)),
]
# fmt: on
