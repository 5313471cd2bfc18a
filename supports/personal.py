"""What this room keeps of people: read with people/kept.py."""

from people.kept import Kept, nothing_personal

# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("supports.PDSession", "PD sessions that you led",
        purpose="So that colleagues follow up on a session with you.", readers="The staff of the district.",
        until="Until it is withdrawn, and for the work that grew out of it.", whose="leader", people="leader",
        facts="title held_on school hours made_at withdrawn_at",
        shared="summary goal focus_area measured_by materials"),
    nothing_personal("supports.SupportType",
        "slug origin edited_at position on_menu name depth begins question summary for_whom goal focus_area"
        " focus_examples duration spans usual_days measured_by time_cost class_cost people_at_least people_at_most"
        " follows_session icon hue shape"),
    nothing_personal("supports.StepTemplate",
        "key position kind title guidance actor each_member optional config support due_after_days"),
    nothing_personal("supports.Responsibility", "support position part text"),
    nothing_personal("supports.Resource", "support position kind title body"),
    nothing_personal("supports.ApprovalRule", "support school needed"),
]
# fmt: on
