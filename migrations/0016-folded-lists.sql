-- Skills and tags are compared folded. Folding is much dearer than comparing, and a walk through a list, or a count of it, looks at
-- many rows: so it is done once, when they are written.
drop index jobs_by_filter;
alter table jobs
  add column skill_keys text[] not null generated always as (landed_fold_each(tech_stack)) stored,
  add column tag_keys text[] not null generated always as (landed_fold_each(tags)) stored;

-- As before (0006), for the same filters: tech_stack and tags by these columns.
create index jobs_by_filter on jobs using gin (
  user_id,
  tsv,
  skill_keys,
  tag_keys,
  to_tsvector('simple', landed_words(landed_fold(coalesce(source, '')))),
  (array[
    'status ' || status, 'remote_option ' || remote_option, 'job_type ' || job_type, 'salary_currency ' || salary_currency,
    'salary_period ' || salary_period, 'application_status ' || application_status,
    case when application_status is not null then 'has_application' end, case when deleted_at is not null then 'deleted' end
  ]),
  coalesce(yearly_max, 'infinity'),
  coalesce(yearly_min, '-infinity'),
  (posted_on + 0),
  (created_at at time zone 'UTC'),
  id
);
