-- What makes two addresses of a posting the same one: scheme, www, tracking parameters and a trailing slash do not count,
-- and on sites whose postings carry an id that is all that counts. Imports match by it, so rows and records share it.
create function landed_url_key(url text) returns text
  language sql immutable parallel safe strict
  return case
    when $1 ~* '^https?://([a-z]+\.)*linkedin\.com/.*(/view/([^?#]*-)?|[?&]currentJobId=)\d{6,}'
      then 'linkedin:' || substring($1 from '(?i)(?:/view/(?:[^?#]*-)?|[?&]currentJobId=)(\d{6,})')
    when $1 ~* '^https?://([a-z]+\.)*indeed\.[a-z.]+/.*[?&](jk|vjk)=[0-9a-f]{8,}'
      then 'indeed:' || lower(substring($1 from '(?i)[?&](?:jk|vjk)=([0-9a-f]{8,})'))
    else (
      select lower(substring(bare from '^[^/?#]*')) || substring(bare from '^[^/?#]*(.*)$')
      from (select regexp_replace(regexp_replace(regexp_replace(
        $1,
        '^https?://(www\.)?', '', 'i'),
        '(?<=[?&])(utm_[a-z_]+|gclid|fbclid|msclkid|mc_cid|mc_eid|igshid|ref|refid|trk|trackingid|trkinfo|src|source|gh_src|lever-source|lever-origin|_hsenc|_hsmi)=[^&#]*&?', '', 'gi'),
        '/?[?&]*(?=#|$)', '')
      ) as stripped (bare)
    )
  end;

-- matching an import
create index jobs_by_url on jobs (user_id, landed_url_key(url)) where url is not null and deleted_at is null;

create table imports (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  kind text not null,
  format text not null,
  preset text,
  filename text not null,
  status text not null,
  dry_run boolean not null,
  mode text not null,
  on_duplicate text not null,
  total int not null,
  processed int not null default 0,
  created int not null default 0,
  updated int not null default 0,
  skipped int not null default 0,
  failed int not null default 0,
  errors json not null default '[]',
  warnings json not null default '[]',
  mapping json not null,
  columns json not null,
  first_rows json not null,
  unmapped_columns text[] not null,
  missing_fields text[] not null,
  status_mapping json not null,
  status_words json not null,
  ambiguous_dates json not null,
  problem json,
  undo json,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  duration_ms int,
  -- for the failed rows as a file
  delimiter text not null,
  -- the process that runs it: it holds an advisory lock of this name, so a free lock tells that it died
  owner uuid,
  primary key (user_id, id)
);
-- the history of imports as it opens
create index imports_by_created_at on imports (user_id, created_at desc, id desc);
-- those whose process may have died
create index imports_under_way on imports (owner) where status in ('queued', 'running');

-- What became of each row, and which record it is: the same row again finds its record by the fingerprint,
-- whatever a person has made of the record since. No foreign keys: each would cost a look-up a row, and a row
-- whose record is gone is merely never found.
create table import_rows (
  user_id uuid not null,
  import_id uuid not null,
  row int not null,
  outcome text not null,
  job_id uuid,
  application_id uuid,
  -- of what the row says, once mapped and read
  fingerprint uuid,
  -- the id that the tracker it came from gave it
  source_key text,
  -- set where this import made the record, or a new version of it: the version it then had
  job_created boolean not null default false,
  job_version int,
  application_version int,
  -- of the interviews it came with, for they change without a version
  interviews_seal text,
  -- what matching said of it, and about which other row of the file
  code text,
  other_row int,
  -- what reading it said: JSON in text, since jsonb takes neither NUL nor half characters
  problems text,
  -- failed rows as they came, likewise
  cells text,
  primary key (user_id, import_id, row)
);
create index import_rows_by_fingerprint on import_rows (user_id, fingerprint) where fingerprint is not null;
create index import_rows_by_source_key on import_rows (user_id, source_key) where source_key is not null;

create function delete_rows_of_imports() returns trigger language plpgsql as $$
begin
  delete from import_rows using gone where import_rows.user_id = gone.user_id and import_rows.import_id = gone.id;
  return null;
end $$;
create trigger imports_deleted after delete on imports
  referencing old table as gone for each statement execute function delete_rows_of_imports();

-- What a record was before an import changed it. Really deleting the record deletes this too.
create table import_before_images (
  user_id uuid not null,
  import_id uuid not null,
  row int not null,
  job_id uuid,
  application_id uuid,
  was jsonb not null,
  primary key (user_id, import_id, row),
  foreign key (user_id, import_id) references imports (user_id, id) on delete cascade,
  foreign key (user_id, job_id) references jobs (user_id, id) on delete cascade,
  foreign key (user_id, application_id) references applications (user_id, id) on delete cascade
);
-- the foreign keys
create index import_before_images_by_job on import_before_images (user_id, job_id) where job_id is not null;
create index import_before_images_by_application on import_before_images (user_id, application_id) where application_id is not null;

-- How a person mapped the columns of a header the last time.
create table import_mappings (
  user_id uuid not null references users on delete cascade,
  signature text not null,
  kind text not null,
  mapping json not null,
  updated_at timestamptz(3) not null,
  primary key (user_id, signature)
);
