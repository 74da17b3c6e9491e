create table notifications (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  -- in the order of the commits: see notification_counters
  seq int not null,
  type text not null,
  title text not null,
  body text not null,
  data json not null,
  job_id uuid,
  application_id uuid,
  read_at timestamptz(3),
  snoozed_until timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (user_id, id),
  foreign key (user_id, job_id) references jobs (user_id, id) on delete cascade,
  foreign key (user_id, application_id) references applications (user_id, id) on delete cascade
);
-- what a client has missed
create unique index notifications_by_seq on notifications (user_id, seq);
-- the list as it opens
create index notifications_by_created_at on notifications (user_id, created_at desc, id desc);
-- ?type=
create index notifications_by_type on notifications (user_id, type, created_at desc, id desc);
-- ?read=false, and how many are unread
create index notifications_unread on notifications (user_id, created_at desc, id desc) where read_at is null;
-- whose time has come
create index notifications_snoozed on notifications (snoozed_until) where snoozed_until is not null;
-- the foreign keys
create index notifications_by_job on notifications (user_id, job_id) where job_id is not null;
create index notifications_by_application on notifications (user_id, application_id) where application_id is not null;

-- The number of the last notification. Its row stays locked until the commit, so numbers are in the order of the commits;
-- in a table of its own and taken last, so that nothing else waits for it.
create table notification_counters (
  user_id uuid primary key references users on delete cascade,
  last_seq int not null
);

-- What has been told. A notification may be deleted, its cause is never told again.
create table notification_causes (
  user_id uuid not null references users on delete cascade,
  cause text not null,
  created_at timestamptz(3) not null,
  primary key (user_id, cause)
);

create table notification_preferences (
  user_id uuid primary key references users on delete cascade,
  preferences jsonb not null,
  updated_at timestamptz(3) not null
);
