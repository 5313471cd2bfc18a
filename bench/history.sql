-- Ten school years of a district, from nothing, in a few dozen statements. bench/seed.py runs them in this order.
-- %(rows)s partnerships, %(schools)s schools of 50 people. Person 1 is the principal of school 1, person 5 the teacher
-- whose pages are measured; the two highest ids are the district's facilitator and admin. hashint4 stands in for
-- chance, so that every run makes the same rows. Columns that are left out have the defaults that seed.py gives them.

-- the district, its schools and years
INSERT INTO people_district (id, name, time_zone, quiet_from, quiet_until)
VALUES (1, 'Bench District', 'America/New_York', '19:00', '06:30')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone;

INSERT INTO people_school (id, name, code) SELECT n, 'School ' || n, 'school-' || n FROM generate_series(1, %(schools)s) n;

INSERT INTO people_schoolyear (id, name, starts_on, ends_on)
SELECT 11 - n, to_char(y, 'YYYY') || '-' || to_char(y + interval '1 year', 'YY'), y, y + interval '1 year - 1 day'
FROM generate_series(0, 10) n,
    LATERAL (SELECT (date_trunc('year', current_date - interval '7 months') + interval '7 months' - n * interval '1 year')::date AS y) years;

-- people, their posts, and what colleagues look for in them
INSERT INTO people_user (id, password, email, name, is_active)
SELECT n, '!', 'person' || n || '@bench.example', first || ' ' || last || '-' || n, true
FROM generate_series(1, %(schools)s * 50 + 2) n,
    LATERAL (SELECT (ARRAY['Ana', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gus', 'Hana'])[1 + n %% 8] AS first,
                    (ARRAY['Ruiz', 'Okafor', 'Marsh', 'Novak', 'Brandt', 'Lange', 'Haddad'])[1 + n %% 7] AS last) names;

INSERT INTO people_post (user_id, role, school_id, starts_on)
SELECT n, CASE n %% 50 WHEN 1 THEN 'principal' WHEN 2 THEN 'facilitator' WHEN 3 THEN 'front_office'
    WHEN 4 THEN 'coach' ELSE 'teacher' END, 1 + (n - 1) / 50, current_date - 3000
FROM generate_series(1, %(schools)s * 50) n;

INSERT INTO people_post (user_id, role)
VALUES (%(schools)s * 50 + 1, 'facilitator'), (%(schools)s * 50 + 2, 'admin');

INSERT INTO people_expertise (user_id, kind, topic)
SELECT n, kind, (ARRAY['Guided reading', 'Number talks', 'Lab notebooks', 'Seminars', 'Exit tickets', 'Stations',
    'Feedback', 'Vocabulary', 'Portfolios', 'Group work', 'Questioning'])[1 + abs(hashint4(n * 4 + kinds.at::int)) %% 11]
FROM generate_series(1, %(schools)s * 50) n,
    unnest(ARRAY['grade', 'subject', 'can_show', 'wants_to_grow']) WITH ORDINALITY kinds(kind, at);

INSERT INTO supports_pdsession (title, held_on, leader_id, school_id, hours, goal, focus_area, measured_by, made_at, summary)
SELECT 'Session ' || n, current_date - n %% 3000, 1 + n %% (%(schools)s * 50), 1, 1.5, 'Try it', 'Reading', 'Artifacts', now(), 'What we did.'
FROM generate_series(1, 20 + %(rows)s / 100) n;

-- the plan of the work: who with whom, since when, how far; ids beyond %(rows)s are those of the measured people
CREATE UNLOGGED TABLE bench_work AS
WITH chance AS (
    SELECT n AS id, n > %(rows)s AND n <= %(rows)s + 50 AS is_hers, n > %(rows)s + 50 AS is_on_desk,
        abs(hashint4(n)::bigint) AS a, abs(hashint4(n + 1000000)::bigint) AS b, abs(hashint4(n + 2000000)::bigint) AS c
    FROM generate_series(1, %(rows)s + 100) n
), placed AS (
    SELECT *, CASE WHEN is_hers OR is_on_desk THEN 1 ELSE 1 + id %% %(schools)s END AS school,
        CASE WHEN is_hers OR is_on_desk THEN now() - (id %% 40 + 20) * interval '1 day'
            ELSE now() - (%(rows)s - id) * interval '3650 days' / %(rows)s - interval '1 hour' END AS started_at,
        CASE WHEN is_hers OR is_on_desk THEN 'peer-partners' ELSE (ARRAY['peer-partners', 'peer-partners',
            'action-research', 'book-study', 'peer-coaching', 'learning-walks', 'pd-follow-up'])[1 + a %% 7] END AS slug,
        CASE WHEN is_hers THEN 0 WHEN is_on_desk THEN 1 + a %% 45 ELSE a %% 46 END AS first
    FROM chance
)
SELECT placed.id, is_hers, is_on_desk, a, b, c, school, started_at, support.id AS support,
    (school - 1) * 50 + 5 + first AS lead,
    (school - 1) * 50 + 5 + CASE WHEN is_on_desk THEN 1 + (first + b %% 44) %% 45
        ELSE (first + 1 + b %% 45) %% 46 END AS partner,
    CASE WHEN c %% 3 = 0 AND NOT is_hers AND NOT is_on_desk
        THEN (school - 1) * 50 + 5 + (first + 1 + (b %% 45 + 1 + c %% 44) %% 45) %% 46 END AS third,
    CASE WHEN is_hers OR is_on_desk THEN 'active'
        WHEN started_at > now() - interval '200 days' AND a %% 5 <> 0 OR a %% 100 = 7 THEN 'active'
        WHEN b %% 16 = 0 THEN 'cancelled' ELSE 'completed' END AS status,
    CASE WHEN is_on_desk THEN 3 WHEN is_hers THEN (ARRAY[0, 2, 4, 5, 4])[1 + a %% 5] ELSE a %% last END AS stage
FROM placed JOIN supports_supporttype support USING (slug),
    LATERAL (SELECT max(position) AS last FROM supports_steptemplate WHERE support_id = support.id) steps;

UPDATE bench_work SET stage = CASE status WHEN 'completed' THEN 99 ELSE 2 END WHERE status <> 'active';

ALTER TABLE bench_work ADD PRIMARY KEY (id);

ANALYZE bench_work;

INSERT INTO partnerships_partnership (id, support_id, school_id, year_id, started_by_id, started_at, status, starts_on,
    ends_on, completed_at, cancelled_at, changed_at, session_id, call, call_made_at)
SELECT w.id, support, school, year.id, lead, started_at, status, started_at::date, started_at::date + 60,
    CASE status WHEN 'completed' THEN ended END, CASE status WHEN 'cancelled' THEN ended END,
    CASE status WHEN 'active' THEN least(started_at + interval '20 days', now() - a %% 400 * interval '1 minute') ELSE ended END,
    CASE WHEN slug = 'pd-follow-up' THEN 1 + a %% (20 + %(rows)s / 100) END,
    CASE WHEN calls THEN 'Somebody to try this with' ELSE '' END, CASE WHEN calls THEN started_at END
FROM bench_work w JOIN people_schoolyear year ON started_at::date BETWEEN starts_on AND ends_on
    JOIN supports_supporttype s ON s.id = support,
    LATERAL (SELECT least(started_at + interval '60 days', now()) AS ended, status = 'active' AND a %% 9 = 1 AS calls) more;

INSERT INTO partnerships_member (partnership_id, person_id, school_id, part, state, invited_by_id, invited_at, answered_at)
SELECT id, lead, school, 'lead', 'active', NULL::bigint, started_at, started_at FROM bench_work
UNION ALL SELECT id, partner, school, 'partner', CASE WHEN status = 'active' AND stage < 2 AND a %% 3 = 0 THEN 'invited' ELSE 'active' END,
    lead, started_at, started_at FROM bench_work
UNION ALL SELECT id, third, school, 'partner', CASE a %% 20 WHEN 0 THEN 'left' ELSE 'active' END, lead, started_at, started_at
    FROM bench_work WHERE third IS NOT NULL;

ANALYZE partnerships_member;

-- what the partnerships hold: steps, plans, approvals, happenings, texts, files
INSERT INTO partnerships_step (partnership_id, member_id, key, position, kind, title, guidance, actor, each_member, optional,
    config, share, due_on, completed_at, completed_by_id)
SELECT w.id, m.id, t.key, t.position, t.kind, t.title, t.guidance, t.actor, t.each_member, t.optional, t.config, t.position / 12.0,
    started_at::date + t.position * 7, CASE WHEN t.position <= stage THEN started_at + t.position * interval '4 days' END,
    CASE WHEN t.position <= stage THEN coalesce(m.person_id, lead) END
FROM bench_work w JOIN supports_steptemplate t ON t.support_id = support
    LEFT JOIN partnerships_member m ON t.each_member AND m.partnership_id = w.id AND m.state = 'active'
WHERE m.id IS NOT NULL OR NOT t.each_member;

ANALYZE partnerships_step;

INSERT INTO partnerships_plan (partnership_id, goal, approach, objective, success, changed_at)
SELECT id, 'Our students explain their thinking to one another, and we hear it in every lesson of the week ' || id, 'observe',
    repeat('What we want to reach. ', 8), repeat('How we will know. ', 6), started_at FROM bench_work;

INSERT INTO partnerships_planversion (id, partnership_id, number, answers, made_by_id, made_at)
SELECT w.id, w.id, 1, jsonb_build_object('goal', 'Our students explain their thinking', 'approach', 'observe'), lead, started_at
FROM bench_work w JOIN supports_steptemplate t ON t.support_id = support AND t.kind = 'approval' AND stage >= t.position - 1;

ANALYZE partnerships_planversion;

INSERT INTO partnerships_approval (partnership_id, step_id, school_id, version_id, asked_at, decision, decided_by_id, decided_at)
SELECT w.id, s.id, school, v.id, started_at, CASE WHEN s.completed_at IS NULL THEN '' ELSE 'approved' END,
    CASE WHEN s.completed_at IS NOT NULL THEN (school - 1) * 50 + 1 END, s.completed_at
FROM bench_work w JOIN partnerships_planversion v ON v.id = w.id JOIN partnerships_step s ON s.partnership_id = w.id AND s.kind = 'approval';

INSERT INTO partnerships_happening (partnership_id, verb, by_id, at, step_title)
SELECT id, 'started', lead, started_at, '' FROM bench_work
UNION ALL SELECT id, 'joined', partner, started_at + interval '1 day', '' FROM bench_work
UNION ALL SELECT partnership_id, 'finished_step', completed_by_id, completed_at, title FROM partnerships_step
    WHERE completed_at IS NOT NULL AND position <= 4 AND NOT each_member;

INSERT INTO partnerships_entry (partnership_id, author_id, school_id, kind, prompt, body, audience, made_at, changed_at)
SELECT partnership_id, person_id, school_id, 'reflection', 'What changed for your students?',
    repeat('They spoke more than I did, for once. ', 8), CASE id %% 4 WHEN 0 THEN 'partners' ELSE 'private' END, invited_at, invited_at
FROM partnerships_member
UNION ALL SELECT id, lead, school, 'message', '', 'See you on Thursday, I bring the notes.', 'partners', started_at, started_at FROM bench_work;

INSERT INTO partnerships_quickreflection (partnership_id, step_id, person_id, fist_to_five, next_step, made_at)
SELECT partnership_id, id, completed_by_id, id %% 6, (ARRAY['keep', 'expand', 'revise', 'drop'])[1 + id %% 4], completed_at
FROM partnerships_step WHERE kind = 'reflection' AND completed_at IS NOT NULL AND member_id IS NOT NULL;

INSERT INTO partnerships_selfassessment (partnership_id, person_id, moment, level, made_at)
SELECT partnership_id, completed_by_id, moment, 1 + id %% 5, completed_at
FROM partnerships_step, (VALUES ('before'), ('after')) moments(moment)
WHERE kind = 'reflection' AND completed_at IS NOT NULL AND member_id IS NOT NULL;

INSERT INTO partnerships_artifact (partnership_id, added_by_id, school_id, title, link, audience, made_at)
SELECT id, lead, school, 'Our lesson plan', 'https://files.example.org/' || id, 'partners', started_at FROM bench_work WHERE a %% 3 = 0;

INSERT INTO partnerships_milestone (partnership_id, title, due_on, reached_at)
SELECT id, 'First lesson tried', started_at::date + 21, CASE WHEN status = 'completed' THEN started_at + interval '21 days' END
FROM bench_work WHERE b %% 2 = 0;

INSERT INTO partnerships_helprequest (asker_id, school_id, wish, support_id, words, made_at, answered_at, answer)
SELECT lead, school, 'partner', support, 'Somebody who teaches grade 4', started_at,
    CASE WHEN a %% 50 = 3 THEN started_at + interval '3 days' END, CASE WHEN a %% 50 = 3 THEN 'Ask Ben' ELSE '' END
FROM bench_work WHERE a %% 50 = 3 OR id > %(rows)s - 45;

-- dates, and the time that they took
INSERT INTO schedule_event (id, uid, kind, title, starts_at, ends_at, school_id, place, organizer_id, thread, path, listed, made_at, changed_at)
SELECT w.id * 2 + n, gen_random_uuid(), 'meeting', 'Meeting', at, at + interval '45 minutes', school, 'Room ' || a %% 40, lead,
    'partnership:' || w.id, '/partnerships/' || w.id || '/', true, started_at, started_at
FROM bench_work w, generate_series(0, 1) n,
    LATERAL (SELECT date_trunc('hour', started_at) + (10 + n * 20) * interval '1 day' AS at) times;

ANALYZE schedule_event;

INSERT INTO schedule_attendance (event_id, person_id, answer, required, asked_at, answered_at)
SELECT e.id, m.person_id, CASE e.id %% 9 WHEN 0 THEN 'asked' ELSE 'accepted' END, true, e.made_at, e.made_at
FROM schedule_event e JOIN partnerships_member m ON m.partnership_id = e.id / 2 AND m.state = 'active';

ANALYZE schedule_attendance;

-- the measured teacher is expected at 500 events of the last 300 and the coming 100 days
INSERT INTO schedule_event (id, uid, kind, title, starts_at, ends_at, school_id, place, organizer_id, thread, path, listed, made_at, changed_at)
SELECT %(rows)s * 2 + 1000 + n, gen_random_uuid(), 'meeting', 'Meeting', at, at + interval '45 minutes', 1, 'Room ' || n %% 40, 5,
    'partnership:' || id, '/partnerships/' || id || '/', true, now() - interval '300 days', now() - interval '300 days'
FROM generate_series(1, 500 - (SELECT count(*)::int FROM schedule_attendance JOIN schedule_event e ON e.id = event_id
    WHERE person_id = 5 AND e.starts_at > now() - interval '360 days')) n,
    LATERAL (SELECT %(rows)s + 1 + n %% 50 AS id,
        date_trunc('hour', now()) + (n %% 400 - 300) * interval '1 day' + n / 400 * interval '1 hour' AS at) more;

INSERT INTO schedule_attendance (event_id, person_id, answer, required, asked_at, answered_at)
SELECT id, 5, 'accepted', true, made_at, made_at FROM schedule_event WHERE id > %(rows)s * 2 + 1000;

INSERT INTO partnerships_plannedevent (partnership_id, event_id, step_id)
SELECT e.id / 2, e.id, step FROM schedule_event e
LEFT JOIN (SELECT partnership_id, min(id) AS step FROM partnerships_step WHERE kind = 'events' GROUP BY 1) s ON s.partnership_id = e.id / 2
WHERE e.id <= (%(rows)s + 100) * 2 + 1;

INSERT INTO schedule_feed (person_id, scope, token, made_at)
SELECT n, 'own', md5('a' || n) || md5('b' || n), now() FROM generate_series(5, %(schools)s * 50, 3) n;

INSERT INTO partnerships_timespent (partnership_id, person_id, school_id, category, minutes, "on", event_id, made_at)
SELECT e.id / 2, a.person_id, e.school_id, 'meeting', 45, e.starts_at::date, e.id, e.ends_at
FROM schedule_event e JOIN schedule_attendance a ON a.event_id = e.id WHERE e.ends_at < now() AND e.id <= (%(rows)s + 100) * 2 + 1;

-- school time of three years: seven periods a day, five of them taught by each teacher
INSERT INTO schedule_bellschedule (id, school_id, name, is_default) SELECT n, n, 'Regular day', true FROM generate_series(1, %(schools)s) n;

INSERT INTO schedule_period (schedule_id, name, starts, ends)
SELECT school, n::text, time '08:00' + (n - 1) * interval '55 minutes', time '08:50' + (n - 1) * interval '55 minutes'
FROM generate_series(1, %(schools)s) school, generate_series(1, 7) n;

INSERT INTO schedule_schoolday (school_id, day, position, cycle_day, bell_schedule_id, "off")
SELECT school, at::date, extract(isodow FROM at) - 1, to_char(at, 'FMDay'), CASE WHEN extract(day FROM at) <> 13 THEN school END,
    CASE WHEN extract(day FROM at) = 13 THEN 'Day off' ELSE '' END
FROM generate_series(1, %(schools)s) school,
    generate_series(current_date - interval '3 years', current_date + interval '8 months', interval '1 day') at
WHERE extract(isodow FROM at) < 6;

INSERT INTO schedule_timetable (id, school_id, starts_on, ends_on, made_by_id, made_at)
SELECT school * 3 + n, school, current_date - (3 - n) * 365, CASE WHEN n < 2 THEN current_date - (2 - n) * 365 - 1 END, %(schools)s * 50 + 2, now()
FROM generate_series(1, %(schools)s) school, generate_series(0, 2) n;

INSERT INTO schedule_teachingslot (timetable_id, teacher_id, position, period, kind, class_name, room, subject)
SELECT school * 3 + n, (school - 1) * 50 + person, weekday, period::text, 'class', (6 + person %% 3) || chr(65 + period), 'Room ' || person,
    (ARRAY['Math', 'Reading', 'Science', 'History'])[1 + person %% 4]
FROM generate_series(1, %(schools)s) school, generate_series(0, 2) n, generate_series(4, 50) person, generate_series(0, 4) weekday,
    generate_series(1, 7) period
WHERE (period + person + weekday) %% 7 > 1;

-- the time that events take; not firm, since they were strewn without regard to each other
INSERT INTO schedule_booking (holder, person_id, event_id, source, starts_at, ends_at, firm)
SELECT 'person:' || person_id, person_id, e.id, 'event:' || e.id, starts_at, ends_at, false
FROM schedule_attendance JOIN schedule_event e ON e.id = event_id WHERE answer <> 'declined' AND cancelled_at IS NULL;

-- cover and walks
INSERT INTO observations_coverage (asker_id, school_id, partnership_id, day, starts, ends, class_name, room, state, asked_at, coverer_id, assigned_at)
SELECT lead, school, id, started_at::date + 5, '10:05', '10:50', 'Grade ' || a %% 8, '12',
    CASE WHEN is_on_desk AND id %% 5 = 0 THEN 'asked' ELSE 'assigned' END, started_at,
    CASE WHEN is_on_desk AND id %% 5 = 0 THEN NULL ELSE partner END, started_at
FROM bench_work WHERE b %% 10 = 1 OR is_on_desk AND id %% 5 = 0
ON CONFLICT DO NOTHING;

INSERT INTO observations_substitute (id, name, email) SELECT n, 'Substitute ' || n, 'sub' || n || '@bench.example' FROM generate_series(1, %(schools)s * 3) n;

INSERT INTO observations_substitute_schools (substitute_id, school_id) SELECT n, 1 + (n - 1) / 3 FROM generate_series(1, %(schools)s * 3) n;

INSERT INTO observations_substitutetime (substitute_id, weekday, starts, ends, can_come)
SELECT n, weekday, '07:00', '17:00', true FROM generate_series(1, %(schools)s * 3) n, generate_series(0, 4) weekday;

INSERT INTO observations_coveroffer (person_id, school_id, made_at) SELECT n, 1 + (n - 1) / 50, now() FROM generate_series(5, %(schools)s * 50, 2) n;

-- three years of it: two classes a day at each school; at the measured one, sixty that wait for an answer
INSERT INTO observations_coverage (asker_id, school_id, day, period_id, starts, ends, class_name, room, state, asked_at, coverer_id, assigned_at, confirmed_at)
SELECT (d.school_id - 1) * 50 + 5 + d.id %% 45, d.school_id, d.day, p.id, p.starts, p.ends, '7B', 'Room 12', 'confirmed', d.day - interval '9 days',
    (d.school_id - 1) * 50 + 5 + (d.id + n) %% 45, d.day - interval '7 days', d.day - interval '6 days'
FROM schedule_schoolday d, generate_series(1, 2) n, LATERAL (SELECT * FROM schedule_period WHERE schedule_id = d.school_id ORDER BY starts OFFSET n LIMIT 1) p
WHERE d.bell_schedule_id IS NOT NULL AND d.day < current_date + 14;

INSERT INTO observations_coverage (asker_id, school_id, day, period_id, starts, ends, class_name, room, state, asked_at)
SELECT 6 + n %% 40, 1, d.day, p.id, p.starts, p.ends, '7B', 'Room 12', 'asked', now() - n * interval '1 hour'
FROM (SELECT *, row_number() OVER (ORDER BY day) AS n FROM schedule_schoolday WHERE school_id = 1 AND bell_schedule_id IS NOT NULL
    AND day > current_date + 14 ORDER BY day LIMIT 60) d, LATERAL (SELECT * FROM schedule_period WHERE schedule_id = 1 ORDER BY starts OFFSET d.n %% 7 LIMIT 1) p;

INSERT INTO observations_walk (facilitator_id, school_id, day, half, purpose, places, listed, made_at, closed_at)
SELECT (school - 1) * 50 + 2, school, started_at::date + 14, 'morning', 'How students talk about their work', 6, true, started_at,
    CASE WHEN started_at < now() - interval '14 days' THEN started_at + interval '15 days' END
FROM bench_work WHERE c %% 200 = 5;

-- notices: all mailed long ago, most of them read
INSERT INTO notices_notice (person_id, kind, key, facts, path, thread, made_at, due_at, next_at, sent_at, read_at)
SELECT person_id, 'your_turn', 'bench:' || id, '{"step": "Reflection", "support": "Peer Partners"}', '/partnerships/' || partnership_id || '/',
    'partnership:' || partnership_id, invited_at, invited_at, invited_at, invited_at, CASE WHEN id %% 40 <> 0 THEN invited_at END
FROM partnerships_member;

INSERT INTO notices_notice (person_id, kind, key, facts, path, made_at, due_at, next_at, sent_at, read_at)
SELECT person, 'your_turn', 'bench:' || person || ':' || n, '{"step": "Reflection", "support": "Peer Partners"}', '/', at, at, at, at,
    CASE WHEN n %% 2 = 0 THEN at END
FROM (VALUES (1), (5), (%(schools)s * 50 + 1)) people(person), generate_series(1, 120) n, LATERAL (SELECT now() - n * interval '1 hour' AS at) times;

DROP TABLE bench_work;
