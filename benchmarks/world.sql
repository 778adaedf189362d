-- The invented world of the benchmarks, one table per record kind, columns in the order of the record
-- declarations. Everything follows from hashes of ids and the seed: no order of rows or threads
-- matters. Clean on purpose: every row is a record and none is quarantined, so that another program
-- can compute the same values without any of the checks.
-- Needs the variables seed, organisation_count, team_count, worker_count and trajectory_count.

-- grain: id x question -> a number in [0, 1)
create or replace macro chance(id, question) as
    (hash(id, question, getvariable('seed')) % 1000003) / 1000003.0;

-- grain: id x question -> a whole number in [0, size)
create or replace macro pick(id, question, size) as
    cast(hash(id, question, getvariable('seed')) % cast(size as ubigint) as integer);

create or replace macro known_until() as date '2026-06-30';

create or replace table team as
select
    (number - 1) % getvariable('organisation_count') + 1 as place,
    format('team-{:04d}', number) as team_id,
    format('Team {}', number) as name,
    ['homeless_shelter', 'womens_shelter', 'supported_housing', 'outreach', 'neighbourhood_team'][
        1 + pick(number, 'setting', 5)
    ] as setting,
    date '2019-01-01' as start_date,
    cast(null as date) as end_date,
    number,
    0.5 + 0.45 * chance(number, 'skill') as skill
from (select unnest(generate_series(1, getvariable('team_count'))) as number);

create or replace table worker as
select
    team.place,
    format('{:06d}', worker.number) as worker_id,
    team.team_id,
    date '2019-01-01' + pick(worker.number, 'start', 1500) as start_date,
    case
        when worker.number <= getvariable('team_count') then 'team_leader'
        when chance(worker.number, 'role') < 0.08 then 'expert_by_experience'
        else 'support_worker'
    end as role,
    [0.6, 0.7, 0.8, 0.9, 1.0][1 + pick(worker.number, 'fte', 5)]::decimal(9, 2) as fte,
    [24, 28, 32, 36][1 + pick(worker.number, 'hours', 4)]::decimal(9, 2) as contract_hours,
    [0, 0, 0, 2.5, 6][1 + pick(worker.number, 'other', 5)]::decimal(9, 2) as other_duty_hours,
    case when chance(worker.number, 'leaves') < 0.15
        then date '2023-06-01' + pick(worker.number, 'end', 1000) end as end_date,
    worker.number,
    team.number as team_number
from (select unnest(generate_series(1, getvariable('worker_count'))) as number) as worker
inner join team on team.number = (worker.number - 1) % getvariable('team_count') + 1;

create or replace table training as
select
    place,
    worker_id,
    kind,
    case when chance(number, kind || 'date') < 0.97
        then start_date + pick(number, kind || 'after', 300) end as completed_date,
    chance(number, kind || 'completed') < 0.9 as completed
from worker
cross join (values ('basic'), ('advanced')) as kinds (kind)
where chance(number, kind) < 0.92;

create or replace table trajectory as
with started as (
    select
        number,
        (number - 1) % getvariable('team_count') + 1 as team_number,
        date '2021-07-01' + pick(number, 'start', 1815) as start_date,
        40 + pick(number, 'length', 360) as length_days
    from (select unnest(generate_series(1, getvariable('trajectory_count'))) as number)
)
select
    team.place,
    format('t{:07d}', started.number) as trajectory_id,
    format('{:08d}', 10000000 + started.number * 10 // 11) as client_id,
    team.team_id,
    -- A worker of the same team: numbers of one team lie team_count apart.
    format(
        '{:06d}',
        started.team_number + getvariable('team_count') * pick(
            started.number, 'worker', getvariable('worker_count') // getvariable('team_count')
        )
    ) as worker_id,
    case
        when chance(started.number, 'programme') < 0.90 then 'krachtwerk'
        when chance(started.number, 'programme') < 0.95 then 'cti'
        when chance(started.number, 'programme') < 0.98 then 'houvast'
        else 'other'
    end as programme,
    1 as sequence,
    ['dakloos', 'huiselijk geweld', 'schulden', 'detentie'][1 + pick(started.number, 'group', 4)]
        as target_group,
    ['from_18_to_22', 'from_23_to_29', 'from_30_to_44', 'from_45_to_64', 'from_65'][
        1 + pick(started.number, 'age', 5)
    ] as age_band,
    ['female', 'male'][1 + pick(started.number, 'gender', 2)] as gender,
    started.start_date - pick(started.number, 'registered', 40) as registration_date,
    started.start_date,
    started.start_date + 365 as planned_end_date,
    case when started.start_date + started.length_days <= known_until()
        then started.start_date + started.length_days end as end_date,
    started.number,
    team.skill,
    least(started.start_date + started.length_days, known_until()) as last_date,
    cast(
        least(started.start_date + started.length_days, known_until()) - started.start_date as integer
    ) as span
from started
inner join team on team.number = started.team_number;

create or replace table contact as
with numbered as (
    select *, number * 64 + unnest(generate_series(1, 11 + pick(number, 'contacts', 16))) as event
    from trajectory
)
select
    place,
    format('c{:09d}', event) as contact_id,
    trajectory_id,
    worker_id,
    start_date + pick(event, 'day', span + 1) as contact_date,
    15 + 5 * pick(event, 'minutes', 16) as duration_minutes,
    case when chance(event, 'several') < 0.05 then 2 else 1 end as contact_count,
    ['face_to_face', 'face_to_face', 'face_to_face', 'phone', 'message'][1 + pick(event, 'mode', 5)]
        as mode,
    case when chance(event, 'place') < 0.97
        then ['home', 'community', 'facility', 'facility', 'other'][1 + pick(event, 'where', 5)]
    end as place_code,
    ['client', 'client', 'client', 'network', 'professional'][1 + pick(event, 'who', 5)]
        as counterpart,
    case when chance(event, 'task') < 0.8
        then format('BT{}', 1 + pick(event, 'which', 7)) end as basic_task,
    chance(event, 'no show') < 0.06 as no_show
from numbered;

create or replace table strengths_assessment as
select
    place,
    format('k{:08d}', number * 4 + version) as assessment_id,
    trajectory_id,
    version,
    case version
        when 1 then start_date + pick(number, 'assessed', 60)
        else start_date + 120 + pick(number, 'again', 90)
    end as assessment_date,
    case when chance(number, 'words' || version) < 0.96
        then ['yes', 'yes', 'partly', 'no'][1 + pick(number, 'which words' || version, 4)]
    end as own_words,
    chance(number, 'agreed' || version) < 0.8 as client_agreed,
    number * 4 + version as event,
    skill
from trajectory
cross join (values (1), (2)) as versions (version)
where chance(number, 'assessment' || version) < case version when 1 then skill + 0.1 else 0.5 end
    and case version when 1 then start_date + 60 else start_date + 210 end <= last_date;

create or replace table strengths_assessment_domain as
select
    place,
    assessment_id,
    format('L{:02d}', domain) as life_domain,
    chance(event * 16 + domain, 'filled') < skill as filled,
    case when chance(event * 16 + domain, 'filled') < skill
        then 1 + pick(event * 16 + domain, 'items', 5) else 0 end as item_count
from strengths_assessment
cross join (select unnest(generate_series(1, 10)) as domain);

create or replace table self_regulation_review as
select
    place,
    format('z{:07d}', number) as review_id,
    trajectory_id,
    start_date + pick(number, 'reviewed', 60) as review_date
from trajectory
where chance(number, 'self regulation') < skill and span > 60;

create or replace table ecogram as
select
    place,
    format('e{:07d}', number) as ecogram_id,
    trajectory_id,
    start_date + pick(number, 'ecogram day', 60) as ecogram_date
from trajectory
where chance(number, 'ecogram') < 0.6 and span > 60;

create or replace table action_plan as
select
    place,
    format('p{:08d}', number * 4 + version) as plan_id,
    trajectory_id,
    version,
    start_date + case version when 1 then pick(number, 'planned', 55)
        else 60 + pick(number, 'planned again', 90) end as plan_date,
    ['active', 'closed', 'closed', 'closed', 'draft'][1 + pick(number, 'status' || version, 5)]
        as status,
    number * 4 + version as event,
    skill,
    last_date
from trajectory
cross join (values (1), (2)) as versions (version)
where chance(number, 'plan' || version) < case version when 1 then skill + 0.15 else 0.4 end
    and span > case version when 1 then 55 else 150 end;

create or replace table goal as
with numbered as (
    select *, event * 8 + unnest(generate_series(1, 1 + pick(event, 'goals', 5))) as goal_number
    from action_plan
)
select
    place,
    format('g{:09d}', goal_number) as goal_id,
    plan_id,
    format('L{:02d}', 1 + pick(goal_number, 'domain', 10)) as life_domain,
    ['long', 'short'][1 + pick(goal_number, 'term', 2)] as term,
    ['personal', 'social', 'functional', 'societal'][1 + pick(goal_number, 'form', 4)]
        as recovery_form,
    case when chance(goal_number, 'known') < 0.97
        then chance(goal_number, 'strengths') < skill end as from_strengths,
    case when chance(goal_number, 'worded') < 0.97
        then chance(goal_number, 'words') < skill end as own_words,
    plan_date as start_date,
    plan_date + 120 as target_date,
    ['open', 'attained', 'attained', 'partly', 'not_attained'][1 + pick(goal_number, 'status', 5)]
        as status,
    case when pick(goal_number, 'status', 5) > 0 then least(plan_date + 100, last_date) end
        as closed_date,
    case when pick(goal_number, 'status', 5) > 0 then pick(goal_number, 'gas', 5) - 2 end as gas_score,
    1 as weight,
    goal_number,
    last_date
from numbered;

create or replace table action as
with numbered as (
    select *, goal_number * 4 + unnest(generate_series(1, 1 + pick(goal_number, 'actions', 2)))
        as action_number
    from goal
)
select
    place,
    format('a{:010d}', action_number) as action_id,
    goal_id,
    case when chance(action_number, 'owned') < 0.9
        then ['client', 'client', 'network', 'worker'][1 + pick(action_number, 'owner', 4)]
    end as owner,
    case when chance(action_number, 'due') < 0.85 then start_date + 60 end as due_date,
    case when chance(action_number, 'done') < 0.7
        then least(start_date + pick(action_number, 'days', 90), last_date) end as done_date,
    case when chance(action_number, 'done') < 0.7 then 'yes' end as result,
    case when chance(action_number, 'resource') < 0.93
        then ['informal', 'formal'][1 + pick(action_number, 'which', 2)] end as resource
from numbered;

create or replace table evaluation as
select
    place,
    format('v{:08d}', number * 4 + nth) as evaluation_id,
    trajectory_id,
    case nth when 1 then 'interim' else 'final' end as kind,
    start_date + 120 * nth as planned_date,
    case when start_date + 120 * nth <= last_date
        then start_date + 100 * nth + pick(number, 'held' || nth, 20) end as held_date,
    case when chance(number, 'present known' || nth) < 0.97
        then chance(number, 'present' || nth) < 0.8 end as client_present,
    chance(number, 'network' || nth) < 0.4 as network_present,
    1 + pick(number, 'rating' || nth, 10) as client_rating,
    chance(number, 'report' || nth) < 0.7 as report
from trajectory
cross join (values (1), (2), (3)) as times (nth)
where start_date + 100 * nth <= last_date and chance(number, 'evaluation' || nth) < skill + 0.2;

create or replace table closure as
select
    place,
    trajectory_id,
    end_date as closure_date,
    ['19', '19', '19', '21', '23', '31'][1 + pick(number, 'reason', 6)] as reason_code,
    cast(null as boolean) as planned,
    chance(number, 'without contact') < 0.07 as without_contact,
    case when chance(number, 'exit known') < 0.97 then chance(number, 'exit') < skill end
        as exit_interview,
    chance(number, 'safety') < skill as safety_plan,
    chance(number, 'final') < skill + 0.1 as final_evaluation,
    chance(number, 'network meeting') < 0.5 as network_meeting,
    chance(number, 'report') < 0.8 as final_report,
    ['eigen huurwoning', 'opvang elders', 'onbekend verblijf'][1 + pick(number, 'housing', 3)]
        as housing_after
from trajectory
where end_date is not null and chance(number, 'closure') < 0.98;

create or replace table team_review as
with planned as (
    select
        team.*,
        week,
        number * 1000 + week as event,
        date '2021-07-07' + 7 * week as planned_date
    from team
    cross join (select unnest(range(260))::integer as week)
)
select
    place,
    format('b{:07d}', event) as review_id,
    team_id,
    planned_date,
    case when chance(event, 'held') < skill then planned_date end as held_date,
    case when chance(event, 'held') < skill then 'held' else 'cancelled' end as status,
    90 as duration_minutes,
    7 as expected_count,
    case when chance(event, 'held') < skill then 3 + pick(event, 'present', 6) else 0 end
        as present_count,
    event
from planned
where planned_date <= known_until();

create or replace table team_review_case as
select
    place,
    format('b{:07d}', team_number * 1000 + week) as review_id,
    trajectory_id,
    chance(number * 8 + nth, 'tabled') < skill as strengths_assessment_present,
    pick(number * 8 + nth, 'ideas', 8) as idea_count,
    pick(number * 8 + nth, 'chosen', 3) as chosen_count
from (
    select distinct on (trajectory_id, week)
        *,
        (number - 1) % getvariable('team_count') + 1 as team_number,
        (start_date - date '2021-07-07') // 7 + 2 + pick(number * 8 + nth, 'week', span // 7 + 1)
            as week
    from trajectory
    cross join (values (1), (2)) as times (nth)
    where chance(number, 'case' || nth) < 0.6
    order by trajectory_id, week, nth
)
where week between 0 and 259;

create or replace table team_review_step as
select
    place,
    review_id,
    format('stap-{}', step) as step_code,
    chance(event * 16 + step, 'step') < 0.8 as done
from team_review
cross join (select unnest(generate_series(1, 6)) as step)
where status = 'held';

create or replace table quality_rating as
with rated as (
    select place, 'strengths_assessment' as subject, assessment_id as subject_id, assessment_date as day,
        event
    from strengths_assessment
    where chance(event, 'rated') < 0.12
    union all
    select place, 'action_plan', plan_id, plan_date, event + 4000000000
    from action_plan
    where chance(event, 'rated') < 0.12
)
select
    place,
    format('q{:011d}', event * 4 + nth) as rating_id,
    subject,
    subject_id,
    format('criterium-{}', nth) as criterion,
    2 + pick(event * 4 + nth, 'score', 4) as score,
    format('{:06d}', 1 + pick(event, 'rater', getvariable('worker_count'))) as rater_id,
    case when chance(event, 'self') < 0.1 then 'self' else 'colleague' end as rater_role,
    least(day + 14, known_until()) as rated_date
from rated
cross join (values (1), (2), (3)) as criteria (nth);

create or replace table supervision as
select
    place,
    format('s{:08d}', number * 1000 + nth) as supervision_id,
    worker_id,
    format('{:06d}', team_number) as supervisor_id,
    start_date + 28 * nth + pick(number * 1000 + nth, 'day', 20) as session_date,
    ['field_mentoring', 'tool_review', 'feedback', 'individual'][
        1 + pick(number * 1000 + nth, 'kind', 4)
    ] as kind,
    60 as duration_minutes
from worker
cross join (select unnest(range(1, 96))::integer as nth)
where start_date + 28 * nth + 20 <= coalesce(end_date, known_until())
    and start_date + 28 * nth > date '2021-07-01';

create or replace table fidelity_audit as
select
    place,
    format('audit-{:04d}-{}', number, round) as audit_id,
    team_id,
    audit_date + pick(number, round, 60) as audit_date,
    round,
    'sm-kansas-2009' as instrument,
    '2009' as instrument_version,
    8 as file_count,
    5 as focus_group_count,
    3 as interview_count,
    10 as questionnaire_count,
    number,
    skill
from team
cross join (
    values ('baseline', date '2022-01-10'), ('m6', date '2022-07-10'), ('m12', date '2023-01-10'),
        ('m18', date '2023-07-10'), ('m24', date '2024-01-10'), ('yearly', date '2025-01-10')
) as rounds (round, audit_date);

create or replace table audit_rating as
select
    place,
    audit_id,
    format('beoordelaar-{}-{}', number, assessor) as assessor_id,
    format('SM{:02d}', item) as item_id,
    'overall' as evidence_source,
    false as is_consensus,
    1 + pick(number, round || item, 3) + pick(number, round || item || '-' || assessor, 3) as score,
    cast(null as varchar) as null_reason
from fidelity_audit
cross join (select unnest(generate_series(1, 14)) as item)
cross join (values (1), (2)) as assessors (assessor);

create or replace table audit_recommendation as
select
    place,
    audit_id,
    format('SM{:02d}', 1 + pick(number, round || 'item' || nth, 14)) as item_id,
    format('R{}', nth) as recommendation_code,
    nth as priority,
    'manager' as owner_role,
    audit_date + 120 as due_date,
    ['open', 'in_progress', 'done'][1 + pick(number, round || 'status' || nth, 3)] as status,
    audit_date + 30 as status_date
from fidelity_audit
cross join (values (1), (2)) as times (nth);

create or replace table outcome_measurement as
select
    place,
    format('m{:09d}', number * 16 + moment * 4 + scale_number) as measurement_id,
    trajectory_id,
    instrument,
    version as instrument_version,
    format('T{}', moment) as moment,
    start_date + 183 * moment + pick(number * 8 + moment, 'measured', 25) as measured_date,
    'client' as informant,
    'totaal' as scale,
    (lowest + pick(number * 16 + moment * 4 + scale_number, 'score', highest - lowest)
        + 2 * moment)::decimal(9, 2) as score,
    0 as missing_item_count
from trajectory
cross join (values (0), (1), (2)) as moments (moment)
cross join (
    values (1, 'I.ROC', 'NL', 24, 70), (2, 'HHI', 'NL', 20, 40), (3, 'ZRM', '2017', 1, 3)
) as instruments (scale_number, instrument, version, lowest, highest)
where start_date + 183 * moment + 25 <= known_until()
    and start_date + 183 * moment <= last_date + 60
    and (scale_number <> 3 or moment < 2)
    and chance(number * 4 + scale_number, 'measures') < 0.75
    and chance(number * 64 + moment * 8 + scale_number, 'measured') < 0.8;
