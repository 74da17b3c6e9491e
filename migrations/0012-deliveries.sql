-- Secrets of this server that are made when they are first needed, the same for every process on this database.
create table server_keys (
  name text primary key,
  value text not null,
  created_at timestamptz(3) not null
);

-- Browsers that push goes to.
create table push_subscriptions (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  device text not null,
  created_at timestamptz(3) not null,
  last_ok_at timestamptz(3),
  primary key (user_id, id),
  unique (user_id, endpoint)
);

-- What goes by e-mail and push, one for each address and browser: written with its notification, sent after the commit.
create table deliveries (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  -- not a foreign key: whoever wants something by e-mail alone has no such notification
  notification_id uuid not null,
  is_in_app boolean not null,
  channel text not null check (channel in ('email', 'push')),
  subscription_id uuid,
  type text not null,
  message json not null,
  -- what is newer takes the place of what is pending
  topic text,
  status text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'dropped', 'superseded')),
  attempts int not null default 0,
  -- a process that sends it moves this on, so that another tries if it dies
  next_attempt_at timestamptz(3),
  is_quiet boolean not null default false,
  pointless_at timestamptz(3),
  goes_to text,
  last_error text,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (user_id, id),
  check ((status = 'pending') = (next_attempt_at is not null)),
  check ((channel = 'push') = (subscription_id is not null))
);
-- what is due, of everybody
create index deliveries_due on deliveries (next_attempt_at) where status = 'pending';
-- how one was sent
create index deliveries_by_notification on deliveries (user_id, notification_id);
-- the list
create index deliveries_by_created_at on deliveries (user_id, created_at desc, id desc);

-- Quiet hours are of a time zone and of preferences. When one changes, what waits for their end is looked at again.
create function landed_look_again_after_quiet() returns trigger language plpgsql as $$
begin
  update deliveries set next_attempt_at = created_at where user_id = new.user_id and status = 'pending' and is_quiet;
  return null;
end $$;
create trigger settings_change_quiet_hours after insert or update of timezone on settings
  for each row execute function landed_look_again_after_quiet();
create trigger preferences_change_quiet_hours after insert or update on notification_preferences
  for each row execute function landed_look_again_after_quiet();

-- The day of each person's last digest.
create table digest_days (
  user_id uuid primary key references users on delete cascade,
  day date not null
);
