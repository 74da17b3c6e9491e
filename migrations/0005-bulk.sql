-- What was changed in bulk: the history that people see, and what an undo token stands for.
create table bulk_changes (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  kind text not null,
  action text not null,
  permanent boolean not null,
  via text not null,
  filter json,
  changes json,
  fields text[] not null,
  total int not null,
  succeeded int not null,
  failed int not null,
  also json,
  -- records that became another version by it and were not undone: without any there is nothing to undo
  changed int not null,
  task_id uuid,
  undoes uuid,
  undone_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (user_id, id)
);
-- the history as it opens
create index bulk_changes_by_created_at on bulk_changes (user_id, created_at desc, id desc);
-- forgetting what is too old to be undone
create index bulk_changes_by_age on bulk_changes (created_at) where changed > 0;

-- What each record was before a bulk change. No foreign keys: one would cost a look-up a row, and a record that an undo
-- takes away again is still to come back. No key begins with the user: whatever the planner knows, it finds a record by itself.
create table bulk_before_images (
  user_id uuid not null,
  bulk_id uuid not null,
  kind text not null,
  record_id uuid not null,
  -- place in the request
  index int not null,
  -- an application that went with its job
  along boolean not null,
  -- null: it was not there before
  version_before int,
  -- null: it is gone since
  version_after int,
  was jsonb,
  primary key (bulk_id, kind, record_id, user_id)
);
-- what else is known of a record, when it is undone or really deleted
create index bulk_before_images_by_record on bulk_before_images (record_id, user_id);

-- Ids that a long change has still to go through, as they were at its start: a part at a time, in their order.
create table bulk_parts (
  user_id uuid not null,
  bulk_id uuid not null,
  part int not null,
  ids uuid[] not null,
  primary key (user_id, bulk_id, part)
);

create function forget_bulk_changes() returns trigger language plpgsql as $$
begin
  delete from bulk_before_images using gone where bulk_before_images.user_id = gone.user_id and bulk_before_images.bulk_id = gone.id;
  delete from bulk_parts using gone where bulk_parts.user_id = gone.user_id and bulk_parts.bulk_id = gone.id;
  return null;
end $$;
create trigger bulk_changes_deleted after delete on bulk_changes
  referencing old table as gone for each statement execute function forget_bulk_changes();

-- Really deleting a record deletes what it was before too, whoever deletes it and however: but for an undo, which says so.
create function forget_what_records_were() returns trigger language plpgsql as $$
begin
  if current_setting('landed.keep_before_images', true) = 'on' then return null; end if;
  delete from bulk_before_images using gone where bulk_before_images.user_id = gone.user_id and bulk_before_images.record_id = gone.id;
  return null;
end $$;
create trigger jobs_forgotten after delete on jobs
  referencing old table as gone for each statement execute function forget_what_records_were();
create trigger applications_forgotten after delete on applications
  referencing old table as gone for each statement execute function forget_what_records_were();

-- Work that is too long for one request.
create table tasks (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  kind text not null,
  status text not null,
  total int not null,
  processed int not null default 0,
  result json,
  problem json,
  -- what is to be done, for the process that carries on
  work json not null,
  -- the process that runs it: it holds an advisory lock of this name, so a free lock tells that it died
  owner uuid not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (user_id, id)
);
-- those whose process may have died
create index tasks_under_way on tasks (owner) where status in ('queued', 'running');

-- As before, but made so that there is one way to carry it out: plans of triggers are made once for a connection, often while
-- a table is nearly empty or nothing is known of it. Then every index of applications looked as good as the right one, and ten
-- thousand new ones were gone through ten thousand times.
drop index applications_by_job;
-- the foreign key, and the applications of a job
create index applications_by_job on applications (job_id, user_id);

create or replace function tell_jobs_their_application_status() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  with newest as materialized (
    select touched.user_id, touched.job_id, (
      select a.status from applications a
      -- Said in a way that leaves no other index to choose: neither those that begin with the user nor those of what is not deleted.
      where a.job_id = touched.job_id and a.user_id::text = touched.user_id::text and coalesce(a.deleted_at, 'infinity') = 'infinity'
      order by a.status in ('interested', 'applied', 'screening', 'interview', 'offer') desc, a.created_at desc, a.id desc
      limit 1
    ) as status
    from (select distinct user_id, job_id from changed) as touched
  )
  update jobs set application_status = newest.status from newest
  where jobs.user_id = newest.user_id and jobs.id = newest.job_id and jobs.application_status is distinct from newest.status;
  return null;
end $$;
