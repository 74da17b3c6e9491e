create table applications (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  job_id uuid not null,
  follow_up_on date,
  reminders_muted boolean not null default false,
  notes text,
  contacts jsonb not null default '[]',
  -- these six follow from the events and are written with them, in the same transaction
  status text not null,
  status_since date not null,
  applied_on date,
  response_on date,
  offer_on date,
  last_event_at timestamptz(3) not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  -- went into the trash with its job, so it comes back with it
  deleted_with_job boolean not null default false,
  primary key (user_id, id),
  foreign key (user_id, job_id) references jobs (user_id, id) on delete cascade
);

-- one open application a job
create unique index applications_one_open on applications (user_id, job_id)
  where deleted_at is null and status in ('interested', 'applied', 'screening', 'interview', 'offer');
-- the foreign key, and the applications of a job
create index applications_by_job on applications (user_id, job_id);
-- the list as it opens
create index applications_by_updated_at on applications (user_id, updated_at desc, id desc) where deleted_at is null;
-- the board: a column is a status
create index applications_by_status on applications (user_id, status, updated_at desc, id desc) where deleted_at is null;
-- what is due: Today and ?sort=follow_up_on
create index applications_by_follow_up on applications (user_id, follow_up_on, id) where deleted_at is null and follow_up_on is not null;

create table application_events (
  user_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  type text not null,
  to_status text,
  occurred_at timestamptz(3) not null,
  occurred_on date not null,
  recorded_at timestamptz(3) not null,
  note text,
  primary key (user_id, id),
  foreign key (user_id, application_id) references applications (user_id, id) on delete cascade
);
-- the foreign key, and the history in its order
create index application_events_in_order on application_events (user_id, application_id, occurred_at, recorded_at, id);

-- what an event said before it was corrected or removed
create table superseded_events (
  user_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  event_id uuid not null,
  superseded_at timestamptz(3) not null,
  was jsonb not null,
  primary key (user_id, id),
  foreign key (user_id, application_id) references applications (user_id, id) on delete cascade
);
-- the foreign key
create index superseded_events_by_application on superseded_events (user_id, application_id);

create table interviews (
  user_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  round int not null,
  kind text not null,
  starts_at timestamptz(3) not null,
  duration_minutes int,
  place text,
  interviewers text[] not null default '{}',
  status text not null,
  feedback jsonb,
  primary key (user_id, id),
  foreign key (user_id, application_id) references applications (user_id, id) on delete cascade
);
-- the foreign key, and the interviews of an application
create index interviews_by_application on interviews (user_id, application_id, starts_at);
-- what comes next: Today and interview_at
create index interviews_ahead on interviews (user_id, starts_at) where status = 'scheduled';

-- jobs.application_status follows by itself, so that no writer can forget it (single changes, bulk, imports, restores).
-- Of the open application if there is one, else of the newest. Statement-level: an import of thousands costs one update.
create function tell_jobs_their_application_status() returns trigger language plpgsql as $$
begin
  update jobs set application_status = newest.status
  from (
    select touched.user_id, touched.job_id, (
      select a.status from applications a
      where a.user_id = touched.user_id and a.job_id = touched.job_id and a.deleted_at is null
      order by a.status in ('interested', 'applied', 'screening', 'interview', 'offer') desc, a.created_at desc, a.id desc
      limit 1
    ) as status
    from (select distinct user_id, job_id from changed) as touched
  ) as newest
  where jobs.user_id = newest.user_id and jobs.id = newest.job_id
    and jobs.application_status is distinct from newest.status;
  return null;
end $$;
create trigger applications_inserted after insert on applications
  referencing new table as changed for each statement execute function tell_jobs_their_application_status();
create trigger applications_updated after update on applications
  referencing new table as changed for each statement execute function tell_jobs_their_application_status();
create trigger applications_deleted after delete on applications
  referencing old table as changed for each statement execute function tell_jobs_their_application_status();
