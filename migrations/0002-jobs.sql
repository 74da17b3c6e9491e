create table jobs (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  company text not null,
  title text not null,
  location text,
  remote_option text,
  job_type text,
  description text,
  requirements text,
  responsibilities text,
  salary_min double precision,
  salary_max double precision,
  salary_currency text,
  salary_period text,
  tech_stack text[] not null default '{}',
  tags text[] not null default '{}',
  url text,
  source text,
  status text not null default 'open',
  priority int not null default 0,
  notes text,
  posted_on date,
  deadline_on date,
  -- kept apart from the record: setting these two changes neither version nor updated_at
  match_score int,
  application_status text,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),

  -- sort keys: folded, and compared byte by byte whatever the database's collation
  company_key text collate "C" not null generated always as (landed_fold(company)) stored,
  title_key text collate "C" not null generated always as (landed_fold(title)) stored,
  -- pay by the year, so that periods compare; a job without a period is taken as paid by the year
  yearly_min double precision generated always as (salary_min * case salary_period when 'month' then 12 when 'week' then 52 when 'day' then 260 when 'hour' then 2080 else 1 end) stored,
  yearly_max double precision generated always as (salary_max * case salary_period when 'month' then 12 when 'week' then 52 when 'day' then 260 when 'hour' then 2080 else 1 end) stored,
  -- skills go in as they are written: the parser would make c of c++ and c#
  tsv tsvector not null generated always as (
    setweight(to_tsvector('simple', landed_fold(title)), 'A')
    || setweight(to_tsvector('simple', landed_fold(company)), 'B')
    || setweight(array_to_tsvector(landed_fold_each(tech_stack)), 'B')
    || setweight(to_tsvector('simple', landed_fold(coalesce(location, ''))), 'C')
    || to_tsvector('simple', landed_fold(left(coalesce(description, ''), 50000)))
    || to_tsvector('simple', landed_fold(left(coalesce(notes, ''), 20000)))
  ) stored,
  primary key (user_id, id)
);

-- the list as it opens, and every filter that leaves many rows: walk the newest
create index jobs_by_created_at on jobs (user_id, created_at desc, id desc) where deleted_at is null;
-- ?sort=updated_at
create index jobs_by_updated_at on jobs (user_id, updated_at desc, id desc) where deleted_at is null;
-- ?status=open
create index jobs_by_status on jobs (user_id, status, created_at desc, id desc) where deleted_at is null;
-- ?sort=company and matching an import
create index jobs_by_company on jobs (user_id, company_key, id) where deleted_at is null;
-- ?q=, company, location and skills
create index jobs_by_words on jobs using gin (user_id, tsv) where deleted_at is null;
-- the trash
create index jobs_deleted on jobs (user_id, deleted_at desc, id desc) where deleted_at is not null;
