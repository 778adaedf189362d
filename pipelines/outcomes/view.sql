-- grain: one way of dividing units: subject x kind of period x breakdown
create or replace table outcome.view as
with subject_breakdown (subject, breakdown) as (
    values
        ('cohort', 'total'),
        ('cohort', 'programme'),
        ('cohort', 'target_group'),
        ('goal', 'total'),
        ('goal', 'programme'),
        ('goal', 'target_group'),
        ('goal', 'life_domain'),
        ('goal', 'recovery_form'),
        ('goal', 'own_words'),
        ('goal', 'from_strengths'),
        ('goal', 'natural_resource'),
        ('closure', 'total'),
        ('closure', 'programme'),
        ('closure', 'target_group')
)
select
    subject_breakdown.subject,
    period_kind.period_kind,
    subject_breakdown.breakdown
from subject_breakdown
cross join (values ('quarter'), ('year')) as period_kind (period_kind)
