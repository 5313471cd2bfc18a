"""What the furnished house holds of records: some are deleted soon, held, taken along, and a leaver is to be erased."""

import datetime as dt

from people.models import DeletionNotice, Erasure, SubjectExport, User
from people.services.holds import set_hold


def records_of(house):
    DeletionNotice.objects.create(rule="notes", number=house.entry.pk, owner=house.owner, told_at=house.now)
    house.hold = set_hold(by=house.admin, reason="An inquiry", model="partnerships.Partnership", number=999_999)
    asked = {"asked_by": house.admin, "asked_at": house.now}
    house.export = SubjectExport.objects.create(person=house.owner, done_at=house.now, **asked)
    gone = User.objects.create(email="gone@cedar.example", name="Gone Person", is_active=False)
    later = house.now + dt.timedelta(days=7)
    house.erasure = Erasure.objects.create(person=gone, code="F-HOUSE234", due_at=later, **asked)
