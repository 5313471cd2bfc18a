"""What the admins' landing page counts."""

from django.db.models import Count, Exists, OuterRef, Q

from people.models import NoSchoolDay, Post, School, SchoolYear, User


def district_counts(today):
    """Numbers for the district's landing page, in a handful of queries."""
    has_post = Exists(Post.objects.not_over(today).filter(user=OuterRef("pk")))
    here = Q(is_active=True, is_superuser=False)
    people = User.objects.annotate(has_post=has_post).aggregate(
        placed=Count("pk", filter=here & Q(has_post=True)),
        unplaced=Count("pk", filter=here & Q(has_post=False)),
        new=Count("pk", filter=here & Q(last_login=None)),
        leaving=Count("pk", filter=here & Q(left_on__isnull=False)),
    )
    return people | {
        "schools": School.objects.open().count(),
        "year": SchoolYear.objects.holding(today),
        "no_school": NoSchoolDay.objects.filter(day__gte=today).count(),
    }
