"""What this room keeps of people, and what signing in keeps: read with people/kept.py."""

from django.contrib.sessions.models import Session
from django.db.models import Q

from .kept import Kept, nothing_personal
from .models import StaffImport
from .names import FORMER
from .retention import Rule

ACCOUNT = "As long as the account is there."
PAST = "As long as what it belongs to."
ADMINS = "Yourself and district admins."


def become_former(rows, erasure):
    """The row stays, for others' work leads to it, and says nothing about anybody."""
    rows.update(
        name=FORMER,
        email=f"{erasure.code.lower()}@erased.invalid",
        password="!",
        last_login=None,
        is_active=False,
        is_staff=False,
        is_superuser=False,
        **dict.fromkeys(("staff_code", "about", "when_free", "calendar_link"), ""),
    )


def sessions_of(person):
    """Their keys: a session says whose it is inside alone."""
    rows = Session.objects.iterator()
    return Q(pk__in=[row.pk for row in rows if row.get_decoded().get("_auth_user_id") == str(person.pk)])


def drop_rows_of_files(names):
    """Files of staff that still lie here lose the person's line, staff code and all."""
    for file in StaffImport.objects.exclude(rows=[]):
        rows = [row for row in file.rows if not names.found_in(row)]
        if len(rows) < len(file.rows):
            StaffImport.objects.filter(pk=file.pk).update(rows=rows)


# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("people.User", "Your account and profile",
        purpose="To sign in, and so that colleagues find somebody to learn with.",
        readers="The staff of the district; the address and the dates, district admins.", until=ACCOUNT,
        whose=lambda person: Q(pk=person.pk), erase=become_former,
        fate="The name becomes “a former colleague”; the address, the password and the profile are gone.",
        facts="email name staff_code is_active joined_at left_on last_login", words="about when_free calendar_link",
        secret="password", plain="is_superuser is_staff groups user_permissions"),
    Kept("people.Expertise", "What you can show, and want to grow in",
        purpose="So that colleagues find you in the directory.", readers="The staff of the district.",
        until="Until you take it out of your profile.", whose="user", goes=True, people="user", words="kind topic"),
    Kept("people.Post", "Your posts", purpose="To know what you may see and do.",
        readers="The staff of the district.", until=ACCOUNT, whose="user", goes=True, people="user",
        facts="role school starts_on ends_on"),
    Kept("people.Deputy", "Who decides for a principal",
        purpose="So that plans and cover are answered while a principal is away.",
        readers="Principal, deputy and district admins.", until=ACCOUNT, whose="principal deputy", goes=True,
        people="principal deputy", facts="school starts_on ends_on"),
    Kept("people.Invitation", "Invitations to sign in", purpose="To let you claim your account.",
        readers="District admins.", until=ACCOUNT, whose="user", goes=True, facts="email made_at sent_at accepted_at",
        people="user invited_by", plain="attempts"),
    Kept("people.StaffImport", "Staff lists that you uploaded", purpose="To show an admin what a file would change.",
        readers="District admins.", until="The rows: 30 days, as the district sets it.", whose="made_by applied_by",
        facts="file_name made_at applied_at", people="made_by applied_by", others="rows", plain="added changed"),
    Kept("people.Viewing", "Who read what is yours, and what you read of others",
        purpose="So that everybody can see who has read what is theirs.", readers="Whose it is.",
        until="3 years, as the district sets it.", whose="author reader",
        fate="The log is only added to: it keeps that somebody read, under a pseudonym.",
        facts="what title path door on viewed_at", people="author reader", plain="school object_id"),
    Kept("people.Change", "What you changed in the district, and what of yours was changed",
        purpose="So that it can be shown who changed posts, settings, the menu and approvals.",
        readers="District admins.", until="7 years, as the district sets it.", whose="by person",
        fate="The log is only added to: it keeps that it was changed, under a pseudonym.",
        facts="act title details made_at", people="by person", plain="school number"),
    Kept("people.DeletionNotice", "What you were told is deleted soon",
        purpose="So that you can keep what you want to keep.", readers="Yourself.",
        until="As long as the row that it is about.", whose="owner", goes=True, facts="rule number told_at kept_at",
        people="owner"),
    Kept("people.LegalHold", "Legal holds", purpose="To keep what a court or the law asks the district to keep.",
        readers="District admins.", until="For good: that it was set and lifted is itself a record.",
        whose="person set_by", law="A hold is a record that the law asks for.", facts="set_at",
        people="person set_by", others="reason", plain="model number"),
    Kept("people.HoldLifted", "The end of legal holds", purpose="To show who ended a hold.",
        readers="District admins.", until="For good.", whose="lifted_by hold__person",
        law="A hold is a record that the law asks for.", facts="lifted_at", people="lifted_by", others="reason",
        plain="hold"),
    Kept("people.SubjectExport", "Exports of what is kept about you",
        purpose="To give you all that is kept about you.",
        readers="Yourself. An admin who starts it for somebody who has left cannot open it.",
        until="The file for 7 days.", whose="person", goes=True, facts="asked_at done_at deleted_at size",
        people="person asked_by", secret="file", plain="claimed_at done_steps all_steps"),
    Kept("people.Erasure", "That you asked to be erased", purpose="To carry it out, and to show that it was done.",
        readers="Yourself and district admins.", until="For good: without it nobody could show that it was done.",
        whose="person", law="The district has to be able to show that it erased; it keeps the code and the dates.",
        facts="code asked_at due_at undone_at stopped_at done_at", people="person asked_by"),
    Kept("account.EmailAddress", "Addresses that you sign in with", purpose="To sign in.", readers=ADMINS,
        until=ACCOUNT, whose="user", goes=True, facts="email verified primary", people="user"),
    Kept("account.EmailConfirmation", "Confirmations of an address", purpose="To see that an address is yours.",
        readers="Nobody.", until="3 days.", whose="email_address__user", goes=True, facts="created sent",
        secret="key", plain="email_address"),
    Kept("mfa.Authenticator", "Passkeys and codes", purpose="To sign in safely.", readers="Yourself.",
        until="Until you take it away.", whose="user", goes=True, facts="type created_at last_used_at", people="user",
        secret="data"),
    Kept("usersessions.UserSession", "Where you are signed in", purpose="So that you can sign out elsewhere.",
        readers="Yourself.", until="Until you sign out.", whose="user", goes=True,
        facts="created_at ip last_seen_at user_agent", people="user", secret="session_key data"),
    Kept("sessions.Session", "Sessions", purpose="To stay signed in.", readers="Nobody.", until="Two weeks.",
        whose=sessions_of, goes=True, facts="expire_date", secret="session_key session_data"),
    Kept("socialaccount.SocialAccount", "Accounts elsewhere",
        purpose="To sign in by another service, where the district has one.", readers="Yourself.", until=ACCOUNT,
        whose="user", goes=True, facts="provider uid last_login date_joined extra_data", people="user"),
    Kept("socialaccount.SocialToken", "Keys of accounts elsewhere", purpose="To sign in by another service.",
        readers="Nobody.", until=ACCOUNT, whose="account__user", goes=True, facts="expires_at",
        secret="token token_secret", plain="app account"),
    Kept("admin.LogEntry", "What an operator changed by hand",
        purpose="To see what was done on the operators' pages.", readers="Operators.", until="For good.",
        whose="user", facts="action_time object_repr change_message", people="user",
        plain="content_type object_id action_flag"),
    Kept("people.User_groups", "Groups", purpose="Not in use: rights come from posts.", readers="Operators.",
        until=ACCOUNT, whose="user", goes=True, people="user", plain="group"),
    Kept("people.User_user_permissions", "Permissions", purpose="Not in use: rights come from posts.",
        readers="Operators.", until=ACCOUNT, whose="user", goes=True, people="user", plain="permission"),
    nothing_personal("people.District", "name time_zone mail_domains help_email quiet_from quiet_until"),
    nothing_personal("people.School", "name code time_zone closed_on"),
    nothing_personal("people.SchoolYear", "name starts_on ends_on"),
    nothing_personal("people.NoSchoolDay", "day name school"),
    nothing_personal("people.Press", "token led_to made_at"),
    nothing_personal("people.RetentionSpan", "key amount"),
    nothing_personal("socialaccount.SocialApp", "provider provider_id name client_id secret key settings"),
    nothing_personal("auth.Permission", "name content_type codename"),
    nothing_personal("auth.Group", "name permissions"),
    nothing_personal("auth.Group_permissions", "group permission"),
    nothing_personal("contenttypes.ContentType", "app_label model"),
]
# fmt: on

# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("staff_lists", "rows of uploaded staff lists", "people.StaffImport", "uploads",
        lambda cutoff: Q(made_at__lt=cutoff.before) & ~Q(rows=[]), people="made_by",
        forget=lambda rows: rows.update(rows=[])),
    Rule("changes", "lines of the log of changes", "people.Change", "changes",
        lambda cutoff: Q(made_at__lt=cutoff.before), people="by person",
        forget=lambda rows: rows._raw_delete(rows.db)),
    Rule("views", "lines of the log of views", "people.Viewing", "views",
        lambda cutoff: Q(viewed_at__lt=cutoff.before), people="author reader",
        forget=lambda rows: rows._raw_delete(rows.db)),
]
# fmt: on
