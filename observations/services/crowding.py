"""The most people who are out of a school on one day."""

from schedule.words import day_words

from ..models import Coverage, CoverRule
from . import NotNow


def refuse_too_many(coverage):
    """Called with the school held, before a request is approved. Raises NotNow where the school's rule refuses it.

    Whoever is out on that day already, with another class, is not one more.
    """
    rule = CoverRule.objects.filter(school=coverage.school_id).first()
    if rule is None or rule.most_out is None or rule.too_many != CoverRule.TooMany.REFUSE:
        return
    out = Coverage.objects.going().filter(school=coverage.school_id, day=coverage.day)
    people = set(out.values_list("asker", flat=True))
    if coverage.asker_id not in people and len(people) >= rule.most_out:
        are = "1 person is" if len(people) == 1 else f"{len(people)} people are"
        raise NotNow(
            f"{are} out on {day_words(coverage.day)} already, and no more than {rule.most_out} may be. "
            "Return it with another date."
        )
