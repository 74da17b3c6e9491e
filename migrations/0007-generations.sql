-- What is kept of answers is kept under the generation of its user: see docs/decisions/0016-generations.md.
-- A user has as many rows as ever wrote at the same time, and their generations together are the user's.
create table user_generations (
  user_id uuid not null references users on delete cascade,
  slot uuid not null default gen_random_uuid(),
  -- random, not counted: a database that is restored from yesterday does not come to the same ones again
  generation uuid not null default gen_random_uuid(),
  primary key (user_id, slot)
) with (fillfactor = 50);

-- Once in a transaction for each user, and without waiting for anybody: a row that another transaction has just renewed
-- is left to it. Neither the order nor the length of transactions matters, so none is ever held up or deadlocked by this.
create function renew_generations(users_changed uuid[]) returns void language plpgsql as $$
declare
  one uuid;
  -- Ends with the transaction, and goes back with a savepoint, as the rows do.
  renewed text := coalesce(current_setting('landed.renewed', true), '');
begin
  foreach one in array users_changed loop
    if strpos(renewed, one::text) > 0 then continue; end if;
    update user_generations set generation = gen_random_uuid()
    where ctid = (select ctid from user_generations where user_id = one limit 1 for update skip locked);
    -- Of a user who is just being deleted there is nothing to renew.
    if not found then insert into user_generations (user_id) select id from users where id = one; end if;
    renewed := renewed || one;
    perform set_config('landed.renewed', renewed, true);
  end loop;
end $$;

create function generations_follow() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into user_generations (user_id) select id from users;
  elsif tg_op = 'UPDATE' then
    perform renew_generations(array(select user_id from changed union select user_id from was));
  else
    perform renew_generations(array(select distinct user_id from changed));
  end if;
  return null;
end $$;

-- For every table whose rows can change an answer that is kept. Triggers, so that no writer can forget it.
create function let_generations_follow(tables regclass[]) returns void language plpgsql as $$
declare
  one regclass;
begin
  foreach one in array tables loop
    execute format('create trigger generation_inserted after insert on %s
      referencing new table as changed for each statement execute function generations_follow()', one);
    execute format('create trigger generation_updated after update on %s
      referencing new table as changed old table as was for each statement execute function generations_follow()', one);
    execute format('create trigger generation_deleted after delete on %s
      referencing old table as changed for each statement execute function generations_follow()', one);
    execute format('create trigger generation_truncated after truncate on %s
      for each statement execute function generations_follow()', one);
  end loop;
end $$;

select let_generations_follow('{settings, profiles, jobs, applications, application_events, interviews, search_terms, search_words}');
