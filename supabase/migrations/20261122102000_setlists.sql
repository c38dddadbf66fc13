-- Setlists: what DJs prepare. Nobody else sees them and nothing races for them, so their owners write the rows directly,
-- within what the policies and column grants allow. (Several DJs editing one at once comes with its own means.)

create table public.setlists (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null default auth.uid() references public.profiles on delete cascade,
  title text not null check (char_length(title) between 1 and 80),
  created_at timestamptz not null default now()
);
create index setlists_owner_id_idx on public.setlists (owner_id);
alter table public.setlists enable row level security;

create table public.setlist_items (
  id uuid primary key default gen_random_uuid(),
  setlist_id uuid not null references public.setlists on delete cascade,
  track_id uuid not null references public.tracks on delete cascade,
  -- Orders the list; something between two neighbours fits between them. NaN and infinities are outside the bounds.
  position float8 not null check (position between -1e12 and 1e12),
  note text check (char_length(note) <= 200)
);
create index setlist_items_setlist_id_idx on public.setlist_items (setlist_id, position);
create index setlist_items_track_id_idx on public.setlist_items (track_id);
alter table public.setlist_items enable row level security;

-- Rights ---------------------------------------------------------------------------------------------------------------
create policy "People keep their own setlists" on public.setlists
  for all to authenticated
  using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
grant select, delete on public.setlists to authenticated;
grant insert (id, title), update (title) on public.setlists to authenticated;

-- The inner select of tracks sees what the person sees: one's own and the starter tracks.
create policy "People fill their own setlists with tracks they see" on public.setlist_items
  for all to authenticated
  using (setlist_id in (select id from public.setlists where owner_id = (select auth.uid())))
  with check (
    setlist_id in (select id from public.setlists where owner_id = (select auth.uid()))
    and track_id in (select id from public.tracks));
grant select, delete on public.setlist_items to authenticated;
grant insert (id, setlist_id, track_id, position, note), update (position, note) on public.setlist_items to authenticated;

-- Clean text, and an end to it -----------------------------------------------------------------------------------------
create function private.check_setlist() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  new.title := private.clean_line(new.title, 80);
  if tg_op = 'INSERT' and (select count(*) from public.setlists where owner_id = new.owner_id) >= 200 then
    perform private.refuse('queue_full');
  end if;
  return new;
end $$;
create trigger check_setlist before insert or update on public.setlists
  for each row execute function private.check_setlist();

create function private.check_setlist_item() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  new.note := nullif(private.clean_line(new.note, 200), '');
  if tg_op = 'INSERT' and (select count(*) from public.setlist_items where setlist_id = new.setlist_id) >= 500 then
    perform private.refuse('queue_full');
  end if;
  return new;
end $$;
create trigger check_setlist_item before insert or update on public.setlist_items
  for each row execute function private.check_setlist_item();

revoke all on function private.check_setlist, private.check_setlist_item from public, anon, authenticated, service_role;
