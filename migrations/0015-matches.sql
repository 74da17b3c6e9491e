-- How well a job fits a profile: see docs/decisions/0016-matches.md.

-- Of a skill that was folded and has no spaces: its usual name. A JSON object, for it is looked up in by halves.
create function landed_usual_skill(text) returns text
  language sql immutable parallel safe
  return coalesce('{
    "js": "javascript", "es6": "javascript", "ecmascript": "javascript", "vanillajs": "javascript", "vanillajavascript": "javascript",
    "ts": "typescript",
    "node": "nodejs",
    "reactjs": "react",
    "vuejs": "vue", "vue3": "vue", "vue2": "vue",
    "angularjs": "angular", "angular2": "angular",
    "sveltejs": "svelte",
    "next": "nextjs",
    "nest": "nestjs",
    "expressjs": "express",
    "py": "python", "python3": "python",
    "golang": "go",
    "cpp": "c++", "cplusplus": "c++",
    "csharp": "c#",
    "dotnet": "net", "netcore": "net", "dotnetcore": "net",
    "aspnetcore": "aspnet",
    "postgres": "postgresql", "psql": "postgresql", "pgsql": "postgresql",
    "mysqldb": "mysql",
    "mssql": "sqlserver", "microsoftsqlserver": "sqlserver", "mssqlserver": "sqlserver",
    "mongo": "mongodb",
    "elastic": "elasticsearch",
    "k8s": "kubernetes",
    "dockercontainers": "docker",
    "amazonwebservices": "aws", "amazonaws": "aws",
    "googlecloud": "gcp", "googlecloudplatform": "gcp",
    "microsoftazure": "azure", "msazure": "azure",
    "rubyonrails": "rails", "ror": "rails",
    "springframework": "spring",
    "restapi": "rest", "restapis": "rest", "restful": "rest", "restfulapi": "rest", "restfulapis": "rest",
    "ci/cd": "cicd", "continuousintegration": "cicd",
    "html5": "html",
    "css3": "css",
    "scss": "sass",
    "tailwindcss": "tailwind",
    "ml": "machinelearning",
    "sklearn": "scikitlearn",
    "objc": "objectivec",
    "msexcel": "excel", "microsoftexcel": "excel",
    "mspowerpoint": "powerpoint", "microsoftpowerpoint": "powerpoint",
    "gitscm": "git",
    "rn": "reactnative"
  }'::jsonb ->> $1, $1);

-- Skills by one name each, however they are spelt: folded, without spaces and marks that do not matter. All at once, since folding
-- them one by one would be most of what it takes to score a job.
create function landed_skills(text[]) returns text[]
  language sql immutable parallel safe
  return array(
    select distinct landed_usual_skill(skill) collate "C"
    from unnest(string_to_array(translate(landed_fold(array_to_string($1, e'\x1f')), e' \t\u00a0._-''', ''), e'\x1f')) as skill where skill <> ''
  );

-- Of the profile: what jobs are compared with, worked out once.
create function landed_skill_names(skills jsonb) returns text[]
  language sql immutable parallel safe
  return landed_skills(array(select skill ->> 'name' from jsonb_array_elements($1) as skill));

-- A place as its words between single spaces, so that one is looked for in another by whole words.
create function landed_place(text) returns text
  language sql immutable parallel safe strict
  return ' ' || trim(regexp_replace(landed_fold($1), '[\s.,;:/()|·–—''-]+', ' ', 'g')) || ' ';

create function landed_places(text[]) returns text[]
  language sql immutable parallel safe
  return array(select landed_place(place) from unnest($1) as place where trim(landed_place(place)) <> '');

alter table profiles
  add column skill_names text[] not null generated always as (landed_skill_names(skills)) stored,
  add column places text[] not null generated always as (landed_places(preferred_locations)) stored;

-- The level that the words of a title name, as in profiles.experience_level: 1 (internship) to 6 (executive).
create function landed_level(words text[]) returns int
  language sql immutable parallel safe
  return case
    when $1 && '{intern,internship,trainee,apprentice,praktikum,praktikant,praktikantin,werkstudent,werkstudentin}' then 1
    when $1 && '{chief,cto,ceo,cio,vp,director,head}' then 6
    when $1 && '{lead,principal,staff}' then 5
    when $1 && '{senior,sr}' then 4
    when $1 && '{junior,jr,entry,graduate}' then 2
    when $1 && '{mid,intermediate}' then 3
  end;

-- The first number of years in a text.
create function landed_years(requirements text) returns int
  language sql immutable parallel safe
  return substring(left($1, 5000) from '(?i)\m(\d{1,2})\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*\+?\s*)?(?:years?|yrs?)\M')::int;

-- Pay by the year as in jobs.yearly_max, which is not there yet while a row is being written.
create function landed_yearly(pay double precision, period text) returns double precision
  language sql immutable parallel safe
  return $1 * case $2 when 'month' then 12 when 'week' then 52 when 'day' then 260 when 'hour' then 2080 else 1 end;

-- How well a job fits in each respect, in the order of matchWeights in contract/matches.ts: 0 (not at all) to 1 (all of it), -1 where
-- the job does not say what the profile asks for, null where the profile asks for nothing. The only place where this is decided.
-- Not given the whole job: that would read its description, too.
create function landed_match(
  p profiles, title text, location text, remote_option text, job_type text, requirements text, tech_stack text[],
  yearly double precision, currency text
) returns double precision[]
  language plpgsql immutable parallel safe as $$
declare
  fits double precision[] := '{null,null,null,null,null,null}';
  wanted text[];
  skill text;
  had double precision := 0;
  place text;
  here text;
  level double precision;
  years double precision;
begin
  if p.skill_names <> '{}' then
    if tech_stack <> '{}' then
      wanted := landed_skills(tech_stack);
      foreach skill in array wanted loop
        if skill = any(p.skill_names) then had := had + 1; end if;
      end loop;
    end if;
    fits[1] := coalesce(had / nullif(cardinality(wanted), 0), -1);
  end if;
  -- From afar any place will do.
  if p.places <> '{}' and remote_option is distinct from 'remote' then
    here := landed_place(location);
    fits[2] := case when here <> '  ' then 0 else -1 end;
    if here <> '  ' then
      foreach place in array p.places loop
        if strpos(here, place) > 0 then fits[2] := 1; end if;
      end loop;
    end if;
  end if;
  if p.remote_preference is not null then
    fits[3] := case when remote_option is null then -1 when remote_option = p.remote_preference then 1
      when remote_option = 'hybrid' or p.remote_preference = 'hybrid' then 0.5 else 0 end;
  end if;
  if p.job_types <> '{}' then
    fits[4] := case when job_type is null then -1 when job_type = any(p.job_types) then 1 else 0 end;
  end if;
  if p.desired_salary_min is not null and p.salary_currency is not null then
    fits[5] := case when yearly is null or currency is distinct from p.salary_currency then -1
      when yearly >= p.desired_salary_min then 1
      -- Half of what is asked for, or less, is no offer at all.
      else greatest(0, 2 * yearly / p.desired_salary_min - 1) end;
  end if;
  if p.experience_level is not null or p.years_experience is not null then
    if p.experience_level is not null then
      level := case when job_type = 'internship' then 1 else landed_level(string_to_array(trim(landed_place(title)), ' ')) end;
      -- The next level, above or below, fits by half.
      level := greatest(1 - abs(level - array_position('{internship,entry,mid,senior,lead,executive}', p.experience_level)) / 2, case when level is not null then 0 end);
    end if;
    if p.years_experience is not null and requirements is not null then
      years := landed_years(requirements);
      years := case when years > 0 then least(p.years_experience / years, 1) when years = 0 then 1 end;
    end if;
    fits[6] := coalesce((level + years) / 2, level, years, -1);
  end if;
  return fits;
end $$;

-- 0 to 100, by what each respect weighs; a job that does not say what is asked for is taken to fit by half. Null when the
-- profile asks for nothing, or the job says nothing of what it asks for.
create function landed_match_score(fits double precision[]) returns int
  language plpgsql immutable parallel safe as $$
declare
  weights constant int[] := '{40,15,15,10,10,10}';
  points double precision := 0;
  weight int := 0;
  is_said boolean := false;
begin
  if fits is null then return null; end if;
  for at in 1..6 loop
    continue when fits[at] is null;
    weight := weight + weights[at];
    points := points + weights[at] * case when fits[at] = -1 then 0.5 else fits[at] end;
    is_said := is_said or fits[at] <> -1;
  end loop;
  return case when is_said then round((100 * points / weight)::numeric) end;
end $$;

-- Whose jobs are still to be held against a profile that has changed; `mark` tells one change from the next.
create table stale_matches (
  user_id uuid primary key references users on delete cascade,
  mark uuid not null default gen_random_uuid()
);

create function mark_stale_matches() returns trigger language plpgsql as $$
begin
  insert into stale_matches (user_id) select coalesce(new.user_id, old.user_id) where exists (select 1 from users where id = coalesce(new.user_id, old.user_id))
  on conflict (user_id) do update set mark = excluded.mark;
  return null;
end $$;
create trigger profiles_changed after update on profiles for each row
  when (row(old.skill_names, old.places, old.remote_preference, old.job_types, old.desired_salary_min, old.salary_currency, old.experience_level, old.years_experience)
    is distinct from row(new.skill_names, new.places, new.remote_preference, new.job_types, new.desired_salary_min, new.salary_currency, new.experience_level, new.years_experience))
  execute function mark_stale_matches();
create trigger profiles_came_or_went after insert or delete on profiles for each row execute function mark_stale_matches();

-- Of every job as it is written, so that no writer can forget it.
create function score_job() returns trigger language plpgsql as $$
declare
  p profiles;
begin
  -- A backup brings its own.
  if current_setting('landed.keep_match_scores', true) = 'on' then return new; end if;
  -- Whoever scores all jobs anew waits until none is being written by a profile that may have been another.
  perform pg_advisory_xact_lock_shared(hashtextextended('match ' || new.user_id, 0));
  select * into p from profiles where user_id = new.user_id;
  if not found then
    new.match_score := null;
    return new;
  end if;
  new.match_score := landed_match_score(landed_match(p, new.title, new.location, new.remote_option, new.job_type, new.requirements,
    new.tech_stack, landed_yearly(coalesce(new.salary_max, new.salary_min), new.salary_period), new.salary_currency));
  return new;
end $$;
create trigger jobs_scored before insert or update of title, location, remote_option, job_type, requirements, tech_stack,
  salary_min, salary_max, salary_currency, salary_period on jobs for each row execute function score_job();

-- What views with an alert know of: jobs that they have told of, and those that were in them already when they were changed.
create table view_jobs (
  user_id uuid not null,
  view_id uuid not null,
  job_id uuid not null,
  -- the change by which it came in; null: it was there before
  cause text,
  primary key (user_id, job_id, view_id),
  foreign key (user_id, view_id) references views (user_id, id) on delete cascade
);
-- the foreign key, and what came in by a change
create index view_jobs_by_view on view_jobs (user_id, view_id, cause);

-- No foreign key to jobs: it would cost a look-up for each that is deleted.
create function forget_view_jobs() returns trigger language plpgsql as $$
begin
  delete from view_jobs using gone where view_jobs.user_id = gone.user_id and view_jobs.job_id = gone.id;
  return null;
end $$;
create trigger jobs_left_views after delete on jobs
  referencing old table as gone for each statement execute function forget_view_jobs();
