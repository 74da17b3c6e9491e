-- The last day of each person, in their time zone, whose reminders were told.
create table reminder_days (
  user_id uuid primary key references users on delete cascade,
  day date not null
);

-- When it was last looked for what is due: what became due since, and long ago, was missed while nothing ran.
create table reminder_looks (
  is_only boolean primary key default true check (is_only),
  looked_at timestamptz(3) not null
);

-- interviews that come, of everybody
create index interviews_by_start on interviews (starts_at) where status = 'scheduled';
-- deadlines that come: the reminders of a day
create index jobs_by_deadline on jobs (user_id, deadline_on) where deadline_on is not null and deleted_at is null;
