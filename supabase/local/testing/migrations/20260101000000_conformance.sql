-- Tables for the conformance tests of the embedded Supabase; the product's own schema plays no part in them.
create table public.rooms (
  id uuid primary key default gen_random_uuid(),
  owner uuid references auth.users on delete cascade,
  title text not null check (length(title) between 1 and 80),
  public boolean not null default true,
  settings jsonb not null default '{}',
  opened_at timestamptz not null default now()
);
alter table public.rooms enable row level security;
create policy "public rooms are seen by all" on public.rooms for select using (public or owner = auth.uid());
create policy "people open rooms" on public.rooms for insert to authenticated with check (owner = auth.uid());
create policy "people change their rooms" on public.rooms for update to authenticated using (owner = auth.uid());
create policy "people close their rooms" on public.rooms for delete to authenticated using (owner = auth.uid());

create table public.songs (
  room_id uuid not null references public.rooms on delete cascade,
  position int not null,
  name text not null,
  length_in_seconds numeric,
  primary key (room_id, position)
);

-- auth.sessions and auth.users exist too.
create table public.sessions (id int primary key, slug text unique not null, starts date, doors time, note timestamp);
insert into public.sessions values (1, 'first', '2026-01-31', '20:15', '2026-01-31 08:00:00.5');

-- A profile is made from the metadata of a new user.
create table public.profiles (id uuid primary key references auth.users on delete cascade, name text);
create function public.make_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.raw_user_meta_data ->> 'name' = 'forbidden' then
    raise exception 'this name is not allowed';
  end if;
  insert into public.profiles (id, name) values (new.id, new.raw_user_meta_data ->> 'name');
  return new;
end $$;
create trigger make_profile after insert on auth.users for each row execute function public.make_profile();

-- Rights that were taken away.
create table public.secrets (id int primary key, value text);
alter table public.secrets enable row level security;
revoke all on public.secrets from anon, authenticated;

create table public.scores_by_column (id int primary key, name text, score int not null default 0);
alter table public.scores_by_column enable row level security;
create policy "all may" on public.scores_by_column for all using (true) with check (true);
revoke update on public.scores_by_column from anon, authenticated;
grant update (name) on public.scores_by_column to anon, authenticated;
insert into public.scores_by_column values (1, 'one', 5);

create function public.refuse(reason text) returns void
language plpgsql
as $$
begin
  raise exception 'refused: %', reason using hint = 'ask nicely', detail = 'nothing was done';
end $$;

create function public.add(a int, b int) returns int language sql immutable as $$ select a + b $$;

create function public.echo(document jsonb, list int[]) returns jsonb language sql immutable
as $$ select jsonb_build_object('kind', jsonb_typeof(document), 'document', document, 'sum', (select sum(n) from unnest(list) n)) $$;

create function public.whoami() returns jsonb language sql stable
as $$ select jsonb_build_object('uid', auth.uid(), 'role', auth.role(), 'email', auth.email(), 'user', current_user) $$;

create function public.owner_only() returns text language sql as $$ select 'only for the service' $$;
revoke execute on function public.owner_only from public, anon, authenticated;

create function public.rooms_titled(pattern text) returns setof public.rooms language sql stable
as $$ select * from public.rooms where title like pattern $$;

create view public.room_titles with (security_invoker = true) as select id, title from public.rooms;
