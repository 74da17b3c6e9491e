-- Policies beneath everything that belongs to somebody: see docs/decisions/0020-row-security.md. The owner of the tables is not
-- held to them, so they cost nothing until a connection takes the role landed_person.

-- Whose request this is. Null: nobody's, and then there is nothing to see.
create function landed_user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('landed.user_id', true), '')::uuid;

-- For every table with a user_id: only its user's rows are there to see, to write and to change.
create function protect(tables regclass[]) returns void language plpgsql as $$
declare
  one regclass;
begin
  foreach one in array tables loop
    execute format('alter table %s enable row level security', one);
    execute format('create policy own_rows on %s using (user_id = landed_user_id()) with check (user_id = landed_user_id())', one);
  end loop;
end $$;

-- Those of all migrations before this one.
select protect(array(
  select pg_class.oid::regclass from pg_class
  join pg_attribute on attrelid = pg_class.oid and attname = 'user_id' and not attisdropped
  where relkind = 'r' and relnamespace = current_schema()::regnamespace
));

alter table users enable row level security;
create policy own_row on users using (id = landed_user_id()) with check (id = landed_user_id());
