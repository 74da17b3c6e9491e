create extension if not exists btree_gin;
create extension if not exists unaccent;

-- The one way text is compared without regard to case and accents. unaccent() alone is not immutable
-- (its dictionary could change), so it is wrapped: generated columns and indexes need that.
create function landed_fold(text) returns text
  language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, $1));

-- What folds to nothing (a lone accent) is left out: a tsvector takes no empty lexeme.
create function landed_fold_each(text[]) returns text[]
  language sql immutable parallel safe strict
  return (select coalesce(array_agg(landed_fold(word)), '{}') from unnest($1) as word where landed_fold(word) <> '');

-- A text as one lexeme of a tsquery, whatever is in it.
create function landed_lexeme(text) returns text
  language sql immutable parallel safe strict
  return '''' || replace(replace($1, '\', '\\'), '''', '''''') || '''';

create table users (
  id uuid primary key,
  email text unique,
  -- the one local user of AUTH=off
  is_local boolean not null default false,
  created_at timestamptz(3) not null
);
create unique index users_one_local on users (is_local) where is_local;

create table settings (
  user_id uuid primary key references users on delete cascade,
  timezone text not null,
  locale text not null,
  theme text not null,
  week_starts_on text not null,
  reminder_hour int not null,
  daily_application_goal int not null,
  follow_up_after_days int not null,
  ghosted_after_days int not null,
  match_threshold int not null,
  updated_at timestamptz(3) not null
);

create table profiles (
  user_id uuid primary key references users on delete cascade,
  headline text,
  skills jsonb not null,
  experience_level text,
  years_experience double precision,
  preferred_locations text[] not null,
  remote_preference text,
  job_types text[] not null,
  desired_salary_min double precision,
  salary_currency text,
  updated_at timestamptz(3) not null
);

-- The first answer of every POST that carried an Idempotency-Key, kept 24 h; written with the work itself.
create table idempotency_keys (
  user_id uuid not null references users on delete cascade,
  method text not null,
  path text not null,
  key text not null,
  body_hash text not null,
  status int not null,
  -- json, not jsonb: the first answer is given again as it was, property order included
  headers json not null,
  body json,
  created_at timestamptz(3) not null,
  primary key (user_id, method, path, key)
);
-- deleting what is older than 24 h
create index idempotency_keys_by_age on idempotency_keys (created_at);
