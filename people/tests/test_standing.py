def test_standing(ana, principal, facilitator, school, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ana.standing.schools == {school.pk}
    assert ana.standing.time_zone == "America/New_York"
    assert facilitator.standing.is_district_facilitator
    assert principal.standing.leads(school.pk)
