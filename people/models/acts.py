"""What a district's log of changes says: each act with the sentence that tells it.

`{by}` did it, `{person}` is whom it is about, `{place}` is "at Maple School" or "for the whole district". A sentence
holds no words of a plan, a note or a reason: those stand where they belong.
"""

from typing import NamedTuple

from django.db import models


class Kind(models.TextChoices):
    POST = "post", "Posts and roles"
    DEPUTY = "deputy", "Deputies"
    ACCOUNT = "account", "Accounts"
    STAFF_FILE = "staff_file", "Staff lists"
    SETTINGS = "settings", "Settings"
    SCHOOL = "school", "Schools"
    YEAR = "year", "School years and days off"
    RECORDS = "records", "How long records are kept"
    MENU = "menu", "The menu"
    APPROVAL_RULE = "approval_rule", "Which plans need approval"
    APPROVAL = "approval", "Plans asked about and answered"
    ABSENCES = "absences", "Absence files and keys"
    EMERGENCY = "emergency", "Emergency readings"


class Act(NamedTuple):
    kind: Kind
    sentence: str
    path: str = ""  # where what it refers to is read, by those who may


READING = "/emergency-reading/{number}/"

# A table: an entry is read across, not down.
# fmt: off
ACTS = {
    "post_given": Act(Kind.POST, "{by} gave {person} the post of {title} {place}."),
    "post_ended": Act(Kind.POST, "{by} ended the post of {person} as {title} {place}."),
    "person_moved": Act(Kind.POST, "{by} moved {person} from {title} to {school}."),
    "deputy_named": Act(Kind.DEPUTY, "{by} named {person} to decide for the principal {place}."),
    "deputy_ended": Act(Kind.DEPUTY, "{by} ended that {person} decides for the principal {place}."),
    "person_added": Act(Kind.ACCOUNT, "{by} made an account for {person}."),
    "person_corrected": Act(Kind.ACCOUNT, "{by} corrected the account of {person}."),
    "person_left": Act(Kind.ACCOUNT, "{by} noted that {person} leaves."),
    "person_back": Act(Kind.ACCOUNT, "{by} opened the account of {person} again."),
    "work_handed_over": Act(Kind.ACCOUNT, "{by} handed over unfinished work to {person}."),
    "staff_file_applied": Act(Kind.STAFF_FILE, "{by} applied staff list {number}: {title}."),
    "settings_changed": Act(Kind.SETTINGS, "{by} changed the settings of the district."),
    "mail_paused": Act(Kind.SETTINGS, "{by} paused the mail of the district."),
    "mail_resumed": Act(Kind.SETTINGS, "{by} let the mail of the district go again."),
    "school_added": Act(Kind.SCHOOL, "{by} added the school {school}."),
    "school_changed": Act(Kind.SCHOOL, "{by} changed the school {school}."),
    "school_closed": Act(Kind.SCHOOL, "{by} closed {school}: its posts end with it."),
    "school_reopened": Act(Kind.SCHOOL, "{by} opened {school} again."),
    "year_added": Act(Kind.YEAR, "{by} added the school year {title}."),
    "year_changed": Act(Kind.YEAR, "{by} changed the school year {title}."),
    "days_off_added": Act(Kind.YEAR, "{by} added days without classes {place}: {title}."),
    "day_off_removed": Act(Kind.YEAR, "{by} took out a day without classes {place}: {title}."),
    "spans_changed": Act(Kind.RECORDS, "{by} changed how long records are kept."),
    "hold_set": Act(Kind.RECORDS, "{by} set legal hold {number}.", "/district/holds/"),
    "hold_lifted": Act(Kind.RECORDS, "{by} lifted legal hold {number}.", "/district/holds/"),
    "menu_loaded": Act(Kind.MENU, "{by} loaded the menu from its files: {title}."),
    "menu_arranged": Act(Kind.MENU, "{by} arranged the menu."),
    "support_added": Act(Kind.MENU, "{by} added {title} to the menu."),
    "support_changed": Act(Kind.MENU, "{by} changed {title} on the menu."),
    "approval_rules_changed": Act(Kind.APPROVAL_RULE, "{by} changed which plans need a principal's approval."),
    "approval_asked": Act(Kind.APPROVAL, "{by} asked for approval of the plan of work {number}, {title}, {place}."),
    "approval_given": Act(Kind.APPROVAL, "{by} approved the plan of work {number}, {title}, {place}."),
    "approval_returned": Act(Kind.APPROVAL, "{by} returned the plan of work {number}, {title}, {place}."),
    "absence_columns_changed": Act(Kind.ABSENCES, "{by} changed the columns of the absence files."),
    "key_made": Act(Kind.ABSENCES, "{by} made a key to the absence files for {title}."),
    "key_ended": Act(Kind.ABSENCES, "{by} ended the key to the absence files of {title}."),
    "emergency_asked": Act(Kind.EMERGENCY, "{by} asked to open words in an emergency, number {number}.", READING),
    "emergency_agreed": Act(Kind.EMERGENCY, "{by} agreed to emergency reading {number}.", READING),
    "emergency_ended": Act(Kind.EMERGENCY, "{by} ended emergency reading {number}.", READING),
}
# fmt: on
