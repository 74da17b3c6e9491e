-- The newest of a person's jobs, as a stretch that the index of all filters can be asked for. By the instant alone it gathered what
-- everybody made since: a list of prefixes of this is one person's, whoever else wrote at that time. It is the person, the instant in
-- milliseconds since the year 1, and the id, since an import makes many in one moment. server/database/age.ts says the same.
create function landed_age(user_id uuid, created_at timestamptz, id uuid) returns tsvector
  language sql immutable parallel safe
  return array_to_tsvector(array[
    right(user_id::text, 12)
      || lpad(to_hex((extract(epoch from created_at at time zone 'UTC') * 1000)::bigint + 62135596800000), 13, '0')
      || left(replace(id::text, '-', ''), 12)]);

drop index jobs_by_filter;

-- As before (0006, 0016), with two changes. Days between two dates: as a mark of the day (since 2000) and of the month (since the year
-- 0), since of a range the index gathers everything on one side of each bound. And the newest, by the words of landed_age.
create index jobs_by_filter on jobs using gin (
  user_id,
  tsv,
  skill_keys,
  tag_keys,
  to_tsvector('simple', landed_words(landed_fold(coalesce(source, '')))),
  (array[
    'status ' || status, 'remote_option ' || remote_option, 'job_type ' || job_type, 'salary_currency ' || salary_currency,
    'salary_period ' || salary_period, 'application_status ' || application_status,
    case when application_status is not null then 'has_application' end, case when deleted_at is not null then 'deleted' end,
    'posted ' || (posted_on - date '2000-01-01')::text,
    'posted month ' || (extract(year from posted_on) * 12 + extract(month from posted_on) - 1)::int::text
  ]),
  coalesce(yearly_max, 'infinity'),
  coalesce(yearly_min, '-infinity'),
  (posted_on + 0),
  landed_age(user_id, created_at, id)
);
