-- Accounts of AUTH=on. The local user of AUTH=off keeps the defaults.
alter table users
  add column name text not null default '',
  add column email_verified boolean not null default false,
  add column image text,
  add column is_admin boolean not null default false,
  add column disabled_at timestamptz(3),
  add column updated_at timestamptz(3) not null default now();

-- The first account is the admin, however it comes: of two that come at once, one waits here for the other.
create function landed_first_is_admin() returns trigger language plpgsql as $$
begin
  if not new.is_local then
    perform pg_advisory_xact_lock(hashtextextended('landed first account', 0));
    new.is_admin := new.is_admin or not exists (select from users where not is_local);
  end if;
  return new;
end $$;
create trigger users_first_is_admin before insert on users for each row execute function landed_first_is_admin();

-- listing accounts, oldest first
create index users_by_age on users (created_at, id);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- who is asking, at every request
  token text not null unique,
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
-- listing and ending the sessions of an account
create index sessions_by_user on sessions (user_id);

-- How somebody proves who they are: a password, or an account elsewhere.
create table sign_in_methods (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (provider_id, account_id)
);
create index sign_in_methods_by_user on sign_in_methods (user_id);

-- Links that were sent by mail, and sign-ins elsewhere that are under way.
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index verifications_by_identifier on verifications (identifier);

create table tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  scopes text[] not null,
  prefix text not null,
  -- SHA-256 of the token; who is asking, at every request with one
  hash bytea not null unique,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  created_at timestamptz(3) not null
);
-- listing the tokens of an account, newest first
create index tokens_by_user on tokens (user_id, created_at desc, id desc);

create table invites (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  email text,
  -- SHA-256 of what the link carries
  hash bytea not null unique,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  created_at timestamptz(3) not null
);
