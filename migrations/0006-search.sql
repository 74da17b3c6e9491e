create extension if not exists pg_trgm;

-- Text as the words it is searched by: what the parser would take for an address, a file, a tag or a signed number is taken apart,
-- and the names that are mostly punctuation get a word of their own. Expects folded text. Used once each, so that it is inlined.
create function landed_words(text) returns text
  language sql immutable parallel safe strict
  return regexp_replace(regexp_replace(regexp_replace(regexp_replace($1,
    '\m([a-z])\+\+', '\1plusplus ', 'g'), '\m([a-z])#', '\1sharp ', 'g'), '\.net(?![a-z])', ' dotnet ', 'g'),
    '[-/.@:&<_+~]', ' ', 'g');

-- array_to_string() is not immutable for every type; for text it is.
create function landed_join(text[]) returns text
  language sql immutable parallel safe strict
  return array_to_string($1, ' ');

-- The words of a text in their order, the last one also as a beginning.
create function landed_query(typed text, beginning boolean) returns tsquery
  language sql immutable parallel safe strict
  return (
    select case when beginning and numnode(phrase) > 0 then (phrase::text || ':*')::tsquery else phrase end
    from phraseto_tsquery('simple', landed_words(landed_fold(typed))) as phrase
  );

-- At most 12 indexes in all: each is paid by every import. Two are there already: the key, and by_url for imports.
drop index jobs_by_created_at, jobs_by_updated_at, jobs_by_status, jobs_by_company, jobs_by_words, jobs_deleted;

alter table jobs drop column tsv;
-- Long texts and the words go beside the row, so that a thousand rows can be looked through in a few pages.
alter table jobs set (toast_tuple_target = 600);
-- '.' stands between the fields, so that no phrase reaches over their border; nobody can type it as a word.
-- What is long comes last: positions end at 16,383.
alter table jobs add column tsv tsvector not null generated always as (
  setweight(to_tsvector('simple', landed_words(landed_fold(title))), 'A')
  || '''.'':1'::tsvector || setweight(to_tsvector('simple', landed_words(landed_fold(company))), 'B')
  || '''.'':1'::tsvector || setweight(to_tsvector('simple', landed_words(landed_fold(landed_join(tech_stack)))), 'B')
  || '''.'':1'::tsvector || setweight(to_tsvector('simple', landed_words(landed_fold(coalesce(location, '')))), 'C')
  || '''.'':1'::tsvector || to_tsvector('simple', landed_words(landed_fold(left(coalesce(notes, ''), 20000))))
  || '''.'':1'::tsvector || to_tsvector('simple', landed_words(landed_fold(left(coalesce(description, ''), 50000))))
) stored;

-- sort=created_at: the list as it opens, and every filter that leaves many rows, which walks the newest
create index jobs_by_created_at on jobs (user_id, created_at desc, id desc) where deleted_at is null;
-- sort=updated_at
create index jobs_by_updated_at on jobs (user_id, updated_at desc, id desc) where deleted_at is null;
-- sort=posted_on
create index jobs_by_posted_on on jobs (user_id, posted_on, id) where deleted_at is null;
-- sort=deadline_on
create index jobs_by_deadline_on on jobs (user_id, deadline_on, id) where deleted_at is null;
-- sort=salary
create index jobs_by_salary on jobs (user_id, coalesce(yearly_max, yearly_min), id) where deleted_at is null;
-- sort=company, and matching an import
create index jobs_by_company on jobs (user_id, company_key, id) where deleted_at is null;
-- sort=title
create index jobs_by_title on jobs (user_id, title_key, id) where deleted_at is null;
-- sort=match_score
create index jobs_by_match_score on jobs (user_id, match_score, id) where deleted_at is null;
-- sort=priority
create index jobs_by_priority on jobs (user_id, priority, id) where deleted_at is null;
-- every filter that leaves few rows, alone or with others: one index intersects them all. In their order: q, company and location;
-- tech_stack; tags; source; status and the other choices, has_application and the trash; salary_min; salary_max; posted; created; and, of what was created in one
-- moment, the ids. The last two find the newest.
create index jobs_by_filter on jobs using gin (
  user_id,
  tsv,
  landed_fold_each(tech_stack),
  landed_fold_each(tags),
  to_tsvector('simple', landed_words(landed_fold(coalesce(source, '')))),
  (array[
    'status ' || status, 'remote_option ' || remote_option, 'job_type ' || job_type, 'salary_currency ' || salary_currency,
    'salary_period ' || salary_period, 'application_status ' || application_status,
    case when application_status is not null then 'has_application' end, case when deleted_at is not null then 'deleted' end
  ]),
  coalesce(yearly_max, 'infinity'),
  coalesce(yearly_min, '-infinity'),
  (posted_on + 0),
  (created_at at time zone 'UTC'),
  id
);

-- An application is found by its own words and by those of its job: kept together, so that one index answers.
create function landed_application_words(notes text, contacts jsonb, of_job tsvector) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple', landed_words(landed_fold(left(coalesce(notes, ''), 20000))))
    || '''.'':1'::tsvector || to_tsvector('simple', landed_words(landed_fold(coalesce((
      -- what was written in them, not the names of the fields
      select string_agg(said.value, ' ') from jsonb_array_elements(contacts) as contact, jsonb_each_text(contact) as said), ''))))
    || '''.'':1'::tsvector || coalesce(of_job, '');

alter table applications add column words tsvector not null default '';
update applications set words = landed_application_words(applications.notes, contacts, jobs.tsv)
from jobs where jobs.user_id = applications.user_id and jobs.id = applications.job_id;

create function set_words_of_application() returns trigger language plpgsql as $$
begin
  new.words := landed_application_words(new.notes, new.contacts,
    (select tsv from jobs where jobs.user_id = new.user_id and jobs.id = new.job_id));
  return new;
end $$;
create trigger applications_worded before insert or update of notes, contacts, job_id on applications
  for each row execute function set_words_of_application();

-- ?q=, and every filter with it
create index applications_by_words on applications using gin (user_id, words);
-- ?sort=created_at
create index applications_by_created_at on applications (user_id, created_at desc, id desc) where deleted_at is null;
-- ?sort=applied_on
create index applications_by_applied_on on applications (user_id, applied_on, id) where deleted_at is null;

-- What suggestions are made of: how many live jobs have each company, title, skill and location. No foreign keys in these three:
-- each would cost an import a look-up a row.
create table search_terms (
  user_id uuid not null,
  kind text not null,
  -- folded
  key text collate "C" not null,
  -- as somebody wrote it
  value text not null,
  jobs int not null,
  primary key (user_id, kind, key)
);
-- the most frequent ones first, and those that no job has any more
create index search_terms_by_frequency on search_terms (user_id, kind, jobs desc, key);

-- The words that jobs have, for telling what a mistyped one was meant to be.
create table search_words (
  user_id uuid not null,
  word text collate "C" not null,
  jobs int not null,
  primary key (user_id, word)
);
-- words that look like another
create index search_words_by_likeness on search_words using gin (user_id, word gin_trgm_ops);

-- What has yet to be counted into these two. Only added to by writers, so that two of them never wait for each other: a counter
-- that an import of thousands had touched would be locked until its end.
create table search_changes (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  job_id uuid not null,
  -- came (1) or went (-1)
  change int not null,
  live boolean not null,
  company text not null,
  title text not null,
  location text,
  tech_stack text[] not null,
  -- null: those that the job has when it is counted
  words text[]
);
-- counting a person's
create index search_changes_by_user on search_changes (user_id, id);

create function note_new_jobs() returns trigger language plpgsql as $$
begin
  insert into search_changes (user_id, job_id, change, live, company, title, location, tech_stack)
  select user_id, id, 1, deleted_at is null, company, title, location, tech_stack from added;
  return null;
end $$;
create trigger jobs_noted after insert on jobs
  referencing new table as added for each statement execute function note_new_jobs();

create function note_changed_job() returns trigger language plpgsql as $$
begin
  insert into search_changes (user_id, job_id, change, live, company, title, location, tech_stack, words) values
    (old.user_id, old.id, -1, old.deleted_at is null, old.company, old.title, old.location, old.tech_stack,
      tsvector_to_array(ts_delete(old.tsv, tsvector_to_array(new.tsv)))),
    (new.user_id, new.id, 1, new.deleted_at is null, new.company, new.title, new.location, new.tech_stack,
      tsvector_to_array(ts_delete(new.tsv, tsvector_to_array(old.tsv))));
  if new.tsv <> old.tsv then
    update applications set words = landed_application_words(notes, contacts, new.tsv)
    where user_id = new.user_id and job_id = new.id;
  end if;
  return null;
end $$;
create trigger jobs_changed after update of company, title, location, tech_stack, description, notes, deleted_at on jobs
  for each row when (new.tsv <> old.tsv or (new.deleted_at is null) <> (old.deleted_at is null)) execute function note_changed_job();

create function note_gone_jobs() returns trigger language plpgsql as $$
begin
  insert into search_changes (user_id, job_id, change, live, company, title, location, tech_stack, words)
  -- the words of many would be more than the table: then they are all counted anew
  select user_id, id, -1, deleted_at is null, company, title, location, tech_stack,
    case when (select count(*) from (select 1 from gone limit 1001) as counted) <= 1000 then tsvector_to_array(tsv) end
  -- an account that goes takes its counts along
  from gone where exists (select 1 from users where users.id = gone.user_id);
  return null;
end $$;
create trigger jobs_gone after delete on jobs
  referencing old table as gone for each statement execute function note_gone_jobs();

create function forget_searches() returns trigger language plpgsql as $$
begin
  delete from search_changes using gone where search_changes.user_id = gone.id;
  delete from search_terms using gone where search_terms.user_id = gone.id;
  delete from search_words using gone where search_words.user_id = gone.id;
  return null;
end $$;
create trigger users_gone after delete on users
  referencing old table as gone for each statement execute function forget_searches();

create function forget_all_searches() returns trigger language plpgsql as $$
begin
  truncate search_changes, search_terms, search_words;
  return null;
end $$;
create trigger jobs_emptied after truncate on jobs for each statement execute function forget_all_searches();

-- the jobs that are here already
insert into search_changes (user_id, job_id, change, live, company, title, location, tech_stack)
select user_id, id, 1, deleted_at is null, company, title, location, tech_stack from jobs;
