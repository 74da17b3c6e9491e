-- Lists as somebody likes to see them, by name.
create table views (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null,
  -- parameters of that list, as its contract reads them
  query json not null,
  sort text,
  columns text[],
  pinned boolean not null,
  position int not null,
  alert boolean not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (user_id, id)
);
-- one view a name; and which are there of a kind
create unique index views_by_name on views (user_id, kind, landed_fold(name));
