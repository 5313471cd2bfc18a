"""Files and links that show the work."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import Artifact
from ..policy import may_take_part, member_of


@transaction.atomic
def add_artifact(
    partnership,
    *,
    by,
    title,
    link="",
    file=None,
    content_type="",
    audience=Artifact.Audience.PARTNERS,
    step=None,
    at=None,
):
    """Keep a link, or a file whose type and size the form has checked. `content_type` is told from the content."""
    require(may_take_part(by, partnership))
    return Artifact.objects.create(
        partnership=partnership,
        step=step,
        added_by=by,
        school=member_of(by, partnership).school,
        title=title,
        link=link,
        file=file or "",
        file_name=file.name if file else "",
        content_type=content_type,
        size=file.size if file else 0,
        audience=audience,
        made_at=at or timezone.now(),
    )


@transaction.atomic
def remove_artifact(artifact, *, by):
    """Take one's own artifact away, the file with it once the row is gone for good."""
    require(artifact.added_by_id == by.pk)
    storage, name = artifact.file.storage, artifact.file.name
    artifact.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
