-- The values of every indicator from clean typed tables, without units, statuses, scores, intervals or
-- anything that explains them: the least that an answer costs. Written from the rules and not from the
-- statements of this project. Needs the typed tables of ``bare.py`` and the variable known_until.
--
-- Every rule becomes rows (indicator, organisation, team, quarter, numerator, denominator) per team,
-- which are then added up to years, organisations and all organisations together.

create or replace macro quarter_of(day) as year(day) || '-Q' || quarter(day);

create or replace temp table known as select getvariable('known_until')::date as until_day;

-- First day of every record kind of an organisation, and of every team.
create or replace temp table kind_start as
select organisation_id, 'worker' as kind, min(start_date) as first_day from worker group by all
union all
select organisation_id, 'training', min(coalesce(completed_date, date '0001-01-01'))
from training group by all
union all
select organisation_id, 'contact', min(contact_date) from contact group by all
union all
select organisation_id, 'strengths_assessment', min(assessment_date)
from strengths_assessment group by all
union all
select domain.organisation_id, 'strengths_assessment_domain', min(assessment_date)
from (select distinct organisation_id, assessment_id from strengths_assessment_domain) as domain
inner join strengths_assessment using (organisation_id, assessment_id)
group by all
union all
select organisation_id, 'self_regulation_review', min(review_date)
from self_regulation_review group by all
union all
select organisation_id, 'action_plan', min(plan_date) from action_plan group by all
union all
select organisation_id, 'goal', min(start_date) from goal group by all
union all
select action.organisation_id, 'action', min(goal.start_date)
from action inner join goal using (organisation_id, goal_id)
group by all
union all
select organisation_id, 'evaluation', min(held_date) from evaluation group by all
union all
select organisation_id, 'closure', min(closure_date) from closure group by all
union all
select organisation_id, 'team_review', min(coalesce(held_date, planned_date))
from team_review group by all
union all
select organisation_id, 'team_review_case', min(coalesce(held_date, planned_date))
from team_review_case inner join team_review using (organisation_id, review_id)
group by all
union all
select organisation_id, 'team_review_step', min(coalesce(held_date, planned_date))
from team_review_step inner join team_review using (organisation_id, review_id)
group by all
union all
select organisation_id, 'supervision', min(session_date) from supervision group by all;

create or replace temp table team_start as
select organisation_id, team_id, min(day) as first_day
from (
    select organisation_id, team_id, min(start_date) as day from trajectory group by all
    union all
    select organisation_id, team_id, min(held_date) from team_review where held_date is not null
    group by all
)
group by all;

create or replace temp table quarter_end as
select distinct quarter_of(day) as quarter, last_day(day) as last_day,
    least(last_day(day), known.until_day) as until_day
from known, unnest(generate_series(date '2019-03-01', known.until_day + 92, interval 3 month)) as days (day)
where date_trunc('quarter', day) <= known.until_day;

-- Every quarter in which a team has a row.
create or replace temp table team_quarter as
select organisation_id, team_id, first_day, quarter, until_day
from team_start inner join quarter_end on quarter_end.last_day >= team_start.first_day;

create or replace temp table journey as
select
    trajectory.organisation_id,
    trajectory.team_id,
    trajectory.trajectory_id,
    programme <> 'other' as is_method,
    start_date,
    case when coalesce(end_date, closure_date) <= known.until_day
        then coalesce(end_date, closure_date) end as end_date,
    team_start.first_day
from trajectory
inner join team_start using (organisation_id, team_id)
left join closure
    on closure.organisation_id = trajectory.organisation_id
    and closure.trajectory_id = trajectory.trajectory_id
    and closure.reason_code not in ('20', '37')
cross join known;

create or replace temp table active_worker as
select worker.*, team_quarter.quarter, team_quarter.until_day
from worker
inner join team_quarter
    on team_quarter.organisation_id = worker.organisation_id
    and team_quarter.team_id = worker.team_id
    and worker.start_date <= team_quarter.until_day
    and (worker.end_date is null or worker.end_date >= team_quarter.until_day)
where role = 'support_worker';

create or replace temp table open_journey as
select journey.*, quarter_end.quarter, quarter_end.until_day
from journey
inner join quarter_end
    on journey.start_date <= quarter_end.until_day
    and (journey.end_date is null or journey.end_date > quarter_end.until_day);

create or replace temp table part (
    indicator varchar, organisation_id varchar, team_id varchar, quarter varchar,
    numerator double, denominator double
);

-- Timely: an event from 31 days before the start until the limit of 42 days.
insert into part
with event as (
    select 'KI-1' as indicator, 'strengths_assessment' as kind, organisation_id, trajectory_id,
        assessment_date as day
    from strengths_assessment
    union all
    select 'AP-1', 'action_plan', organisation_id, trajectory_id, plan_date
    from action_plan where status in ('active', 'closed')
    union all
    select 'ZR-1', 'self_regulation_review', organisation_id, trajectory_id, review_date
    from self_regulation_review
),
timely as (
    select distinct indicator, event.organisation_id, event.trajectory_id
    from event
    inner join journey using (organisation_id, trajectory_id)
    where day between journey.start_date - 31 and journey.start_date + 42
)
select rule.indicator, journey.organisation_id, journey.team_id, quarter_of(journey.start_date + 42),
    count(timely.trajectory_id), count(*)
from journey
cross join (
    values ('KI-1', 'strengths_assessment'), ('AP-1', 'action_plan'),
        ('ZR-1', 'self_regulation_review')
) as rule (indicator, kind)
inner join kind_start
    on kind_start.organisation_id = journey.organisation_id
    and kind_start.kind = rule.kind
    and kind_start.first_day <= journey.start_date
left join timely
    on timely.indicator = rule.indicator
    and timely.organisation_id = journey.organisation_id
    and timely.trajectory_id = journey.trajectory_id
cross join known
where journey.is_method
    and journey.start_date + 42 <= known.until_day
    and (journey.end_date is null or journey.end_date >= journey.start_date + 42)
group by all;

-- Current: an event in the last 183 days of a trajectory that is open and old enough.
insert into part
with event as (
    select 'KI-3' as indicator, organisation_id, trajectory_id, assessment_date as day
    from strengths_assessment
    union all
    select 'EV-1', organisation_id, trajectory_id, held_date
    from evaluation where held_date is not null
    union all
    select 'ST-8', organisation_id, trajectory_id, held_date
    from team_review_case inner join team_review using (organisation_id, review_id)
    where held_date is not null
),
recent as (
    select distinct indicator, event.organisation_id, event.trajectory_id, quarter_end.quarter
    from event
    inner join quarter_end
        on event.day > quarter_end.until_day - 183 and event.day <= quarter_end.until_day
)
select rule.indicator, open_journey.organisation_id, open_journey.team_id, open_journey.quarter,
    count(recent.trajectory_id), count(*)
from open_journey
cross join (
    values ('KI-3', 'strengths_assessment'), ('EV-1', 'evaluation'), ('ST-8', 'team_review_case')
) as rule (indicator, kind)
inner join kind_start
    on kind_start.organisation_id = open_journey.organisation_id
    and kind_start.kind = rule.kind
    and kind_start.first_day <= open_journey.until_day - 182
left join recent
    on recent.indicator = rule.indicator
    and recent.organisation_id = open_journey.organisation_id
    and recent.trajectory_id = open_journey.trajectory_id
    and recent.quarter = open_journey.quarter
where open_journey.is_method
    and open_journey.start_date + 183 < open_journey.until_day
    and open_journey.until_day >= open_journey.first_day
group by all;

-- Rhythm: weeks from Monday with a review that was held.
insert into part
with week as (
    select team_start.organisation_id, team_start.team_id, first_day, monday::date as monday
    from team_start, known,
        unnest(generate_series(
            date_trunc('week', team_start.first_day), known.until_day, interval 7 day
        )) as mondays (monday)
)
select 'ST-4', week.organisation_id, week.team_id, quarter_of(week.monday + 6),
    count(held.monday), count(*)
from week
inner join kind_start
    on kind_start.organisation_id = week.organisation_id
    and kind_start.kind = 'team_review'
    and kind_start.first_day <= week.monday
left join (
    select distinct organisation_id, team_id, date_trunc('week', held_date)::date as monday
    from team_review where held_date is not null
) as held
    on held.organisation_id = week.organisation_id
    and held.team_id = week.team_id
    and held.monday = week.monday
cross join known
where week.monday >= week.first_day and week.monday + 6 <= known.until_day
group by all;

-- Records with a date of their own that add up over time.
create or replace temp table dated as
select 'strengths_assessment' as kind, 'KI-4' as indicator, organisation_id, trajectory_id,
    assessment_date as day, (own_words = 'yes')::int as numerator, 1 as denominator
from strengths_assessment where own_words is not null
union all
select 'evaluation', 'EV-2', organisation_id, trajectory_id, held_date, client_present::int, 1
from evaluation where held_date is not null and client_present is not null
union all
select 'contact', 'OM-1', organisation_id, trajectory_id, contact_date,
    case when place in ('home', 'community') then contact_count else 0 end, contact_count
from contact where mode = 'face_to_face' and not no_show and place is not null;

insert into dated
select 'goal', rule.indicator, goal.organisation_id, trajectory_id, start_date,
    (case rule.indicator when 'AP-2' then from_strengths else own_words end)::int, 1
from goal
inner join action_plan using (organisation_id, plan_id)
cross join (values ('AP-2'), ('AP-3')) as rule (indicator)
where action_plan.status in ('active', 'closed')
    and (case rule.indicator when 'AP-2' then from_strengths else own_words end) is not null;

insert into dated
select 'action', rule.indicator, goal.organisation_id, trajectory_id, start_date,
    case rule.indicator
        when 'AP-4' then (owner is not null and due_date is not null)::int
        else (resource = 'informal')::int
    end, 1
from action
inner join goal using (organisation_id, goal_id)
inner join action_plan using (organisation_id, plan_id)
cross join (values ('AP-4'), ('AP-5')) as rule (indicator)
where action_plan.status in ('active', 'closed')
    and (rule.indicator = 'AP-4' or resource is not null);

insert into dated
with ended as (
    select *,
        coalesce(planned, reason_code = '19') as is_planned,
        reason_code is not null or planned is not null as is_known
    from closure
),
element as (
    unpivot (
        select organisation_id, trajectory_id, closure_date as day,
            exit_interview as "AF-1.1", safety_plan as "AF-1.2", final_evaluation as "AF-1.3",
            network_meeting as "AF-1.4", final_report as "AF-1.5"
        from ended
        where not without_contact and is_known and is_planned
    )
    on "AF-1.1", "AF-1.2", "AF-1.3", "AF-1.4", "AF-1.5" into name indicator value is_done
)
select 'closure', indicator, organisation_id, trajectory_id, day, is_done::int, 1 from element
union all
select 'closure', 'AF-1', organisation_id, trajectory_id, closure_date,
    exit_interview::int + safety_plan::int + final_evaluation::int + network_meeting::int
    + final_report::int, 5
from ended
where not without_contact and is_known and is_planned
    and exit_interview is not null and safety_plan is not null and final_evaluation is not null
    and network_meeting is not null and final_report is not null
union all
select 'closure', 'AF-2', organisation_id, trajectory_id, closure_date, without_contact::int, 1
from ended where without_contact is not null;

-- Basic tasks that were touched by 31 days after the end of a planned trajectory.
insert into dated
with ended as (
    select journey.organisation_id, journey.trajectory_id, journey.end_date,
        least(journey.end_date + 31, known.until_day) as last_day,
        exit_interview or safety_plan or final_evaluation or network_meeting or final_report
            as is_closed_well,
        closure_date
    from journey
    inner join closure using (organisation_id, trajectory_id)
    cross join known
    where journey.is_method and journey.end_date is not null and not without_contact
        and coalesce(planned, reason_code = '19')
),
touch as (
    select distinct organisation_id, trajectory_id, basic_task as task
    from contact inner join ended using (organisation_id, trajectory_id)
    where basic_task is not null and not no_show and contact_date <= last_day
    union
    select organisation_id, trajectory_id, 'BT2'
    from strengths_assessment inner join ended using (organisation_id, trajectory_id)
    where assessment_date <= last_day
    union
    select organisation_id, trajectory_id, 'BT3'
    from self_regulation_review inner join ended using (organisation_id, trajectory_id)
    where review_date <= last_day
    union
    select organisation_id, trajectory_id, 'BT4'
    from action_plan inner join ended using (organisation_id, trajectory_id)
    where status in ('active', 'closed') and plan_date <= last_day
    union
    select organisation_id, trajectory_id, 'BT6'
    from evaluation inner join ended using (organisation_id, trajectory_id)
    where held_date <= last_day
    union
    select organisation_id, trajectory_id, 'BT7' from ended
    where is_closed_well and closure_date <= last_day
)
select 'closure', 'BT-1', ended.organisation_id, ended.trajectory_id, ended.end_date,
    count(touch.task), 7
from ended left join touch using (organisation_id, trajectory_id)
group by all;

insert into part
select indicator, dated.organisation_id, journey.team_id, quarter_of(day), sum(numerator),
    sum(denominator)
from dated
inner join journey
    on journey.organisation_id = dated.organisation_id
    and journey.trajectory_id = dated.trajectory_id
    and journey.is_method
    and journey.first_day <= dated.day
inner join kind_start
    on kind_start.organisation_id = dated.organisation_id
    and kind_start.kind = dated.kind
    and kind_start.first_day <= dated.day
group by all;

-- Records of the team reviews that were held.
insert into part
with tabled as (
    select 'team_review' as kind, 'ST-5' as indicator, organisation_id, review_id,
        least(present_count, expected_count) as numerator, expected_count as denominator
    from team_review
    union all
    select 'team_review_step', 'ST-7', organisation_id, review_id, done::int, 1
    from team_review_step
    union all
    select 'team_review_case', 'ST-6', organisation_id, review_id,
        strengths_assessment_present::int, 1
    from team_review_case
    inner join journey using (organisation_id, trajectory_id)
    where is_method
)
select indicator, tabled.organisation_id, team_review.team_id, quarter_of(held_date),
    sum(numerator), sum(denominator)
from tabled
inner join team_review using (organisation_id, review_id)
inner join team_start
    on team_start.organisation_id = team_review.organisation_id
    and team_start.team_id = team_review.team_id
    and team_start.first_day <= held_date
inner join kind_start
    on kind_start.organisation_id = tabled.organisation_id
    and kind_start.kind = tabled.kind
    and kind_start.first_day <= held_date
where team_review.status = 'held'
group by all;

-- Support workers in service at the end of a quarter, and the caseload.
insert into part
select indicator, organisation_id, team_id, quarter,
    sum(case indicator when 'ST-1' then contract_hours - other_duty_hours
        else (other_duty_hours > 0)::int end),
    sum(case indicator when 'ST-1' then contract_hours else 1 end)
from active_worker
cross join (values ('ST-1'), ('ST-2')) as rule (indicator)
where contract_hours is not null and other_duty_hours is not null
group by all
union all
select 'SV-1', active_worker.organisation_id, active_worker.team_id, active_worker.quarter,
    count(training.worker_id), count(*)
from active_worker
inner join (
    select organisation_id, worker_id, min(start_date) as first_day from worker group by all
) as hired using (organisation_id, worker_id)
inner join kind_start
    on kind_start.organisation_id = active_worker.organisation_id
    and kind_start.kind = 'training'
    and kind_start.first_day <= active_worker.until_day
left join training
    on training.organisation_id = active_worker.organisation_id
    and training.worker_id = active_worker.worker_id
    and training.kind = 'basic'
    and training.completed
    and (training.completed_date is null or training.completed_date <= active_worker.until_day)
where active_worker.until_day - hired.first_day >= 183
group by all
union all
select 'ST-3', organisation_id, team_id, quarter,
    coalesce(caseload.open_count, 0), coalesce(staff.fte, 0)
from (
    select organisation_id, team_id, quarter, sum(fte) as fte from active_worker group by all
) as staff
full join (
    -- A team without workers still has its trajectories in the caseload of the organisation.
    select organisation_id, team_id, quarter, count(*) as open_count
    from open_journey
    inner join kind_start using (organisation_id)
    where kind_start.kind = 'worker' and kind_start.first_day <= until_day
    group by all
) as caseload using (organisation_id, team_id, quarter);

-- Life domains in the latest assessment of an open trajectory.
insert into part
with filled as (
    select organisation_id, assessment_id, count(*) filter (where filled) as domains
    from strengths_assessment_domain
    group by all
),
latest as (
    select open_journey.organisation_id, open_journey.team_id, open_journey.quarter,
        open_journey.until_day, open_journey.first_day,
        arg_max(assessment_id, (assessment_date, coalesce(version, -1))) as assessment_id
    from open_journey
    inner join strengths_assessment as assessment
        on assessment.organisation_id = open_journey.organisation_id
        and assessment.trajectory_id = open_journey.trajectory_id
        and assessment.assessment_date <= open_journey.until_day
    where open_journey.is_method
    group by open_journey.organisation_id, open_journey.team_id, open_journey.quarter,
        open_journey.until_day, open_journey.first_day, open_journey.trajectory_id
)
select 'KI-2', latest.organisation_id, team_id, quarter, sum(domains), count(*) * 10
from latest
inner join filled using (organisation_id, assessment_id)
inner join kind_start
    on kind_start.organisation_id = latest.organisation_id
    and kind_start.kind = 'strengths_assessment_domain'
    and kind_start.first_day <= latest.until_day
where latest.first_day <= latest.until_day
group by all;

-- Sessions per worker-month.
insert into part
with span as (
    select team_quarter.organisation_id, team_id, quarter, until_day,
        greatest(
            date_trunc('quarter', team_quarter.until_day)::date, team_quarter.first_day,
            kind_start.first_day
        ) as first_day
    from team_quarter
    inner join kind_start
        on kind_start.organisation_id = team_quarter.organisation_id
        and kind_start.kind = 'supervision'
        and kind_start.first_day <= team_quarter.until_day
),
service as (
    select span.*, worker_id,
        greatest(span.first_day, worker.start_date) as from_day,
        least(span.until_day, coalesce(worker.end_date, span.until_day)) as to_day
    from span
    inner join worker
        on worker.organisation_id = span.organisation_id
        and worker.team_id = span.team_id
        and worker.start_date <= span.until_day
        and (worker.end_date is null or worker.end_date >= span.first_day)
    where role = 'support_worker'
),
session as (
    select service.organisation_id, service.team_id, service.quarter, supervision.kind,
        count(*) as sessions
    from service
    inner join supervision
        on supervision.organisation_id = service.organisation_id
        and supervision.worker_id = service.worker_id
        and supervision.session_date between service.from_day and service.to_day
    group by all
),
month as (
    select organisation_id, team_id, quarter, sum(to_day - from_day + 1) / 30.4375 as months
    from service
    group by all
)
select rule.indicator, month.organisation_id, month.team_id, month.quarter,
    coalesce(session.sessions, 0), month.months
from month
cross join (
    values ('SV-2', 'field_mentoring'), ('SV-3', 'tool_review'), ('SV-4', 'feedback')
) as rule (indicator, kind)
left join session
    on session.organisation_id = month.organisation_id
    and session.team_id = month.team_id
    and session.quarter = month.quarter
    and session.kind = rule.kind;

-- Documents with the mean of their ratings; a year is judged anew.
create or replace temp table rated as
with document as (
    select 'strengths_assessment' as subject, 'KI-5' as indicator, organisation_id,
        assessment_id as document_id, trajectory_id
    from strengths_assessment
    union all
    select 'action_plan', 'AP-6', organisation_id, plan_id, trajectory_id from action_plan
),
mean as (
    select document.indicator, journey.organisation_id, journey.team_id, document.document_id,
        period, avg(score) as mean
    from quality_rating
    inner join document
        on document.subject = quality_rating.subject
        and document.organisation_id = quality_rating.organisation_id
        and document.document_id = quality_rating.subject_id
    inner join journey
        on journey.organisation_id = document.organisation_id
        and journey.trajectory_id = document.trajectory_id
        and journey.is_method
        and journey.first_day <= rated_date
    cross join unnest([quarter_of(rated_date), year(rated_date)::varchar]) as periods (period)
    where rater_role <> 'self'
    group by all
)
select indicator, organisation_id, team_id, period, sum(mean) as numerator, count(*) as denominator
from mean
group by all;

create or replace table value as
with yearly as (
    select indicator, organisation_id, team_id, quarter as period, numerator, denominator from part
    union all
    -- A stock counts in its year as it stood in the year's last quarter.
    select indicator, organisation_id, team_id, left(part.quarter, 4), sum(numerator),
        sum(denominator)
    from part
    cross join known
    where indicator not in ('ST-1', 'ST-2', 'ST-3', 'SV-1', 'KI-2', 'KI-3', 'EV-1', 'ST-8')
        or quarter = quarter_of(least(make_date(left(quarter, 4)::int, 12, 31), known.until_day))
    group by all
    union all
    from rated
)
select indicator, period, coalesce(organisation_id, '') as organisation_id,
    coalesce(team_id, '') as team_id, sum(numerator) as numerator, sum(denominator) as denominator,
    sum(numerator) / sum(denominator) as value
from yearly
group by grouping sets (
    (indicator, period, organisation_id, team_id), (indicator, period, organisation_id),
    (indicator, period)
)
having sum(denominator) > 0;
