-- DJ sessions, who is in them, and who may come in.

-- Sessions -------------------------------------------------------------------------------------------------------------
create table public.dj_sessions (
  id uuid primary key default gen_random_uuid(),
  -- In the address: readable, with 40 random bits, so that an unlisted session cannot be guessed.
  slug text not null unique check (slug ~ '^[a-z0-9-]{8,40}$'),
  dj_id uuid not null references public.profiles on delete cascade,
  title text not null check (char_length(title) between 1 and 80),
  artwork_path text,
  visibility text not null default 'public' check (visibility in ('public', 'unlisted', 'private')),
  status text not null default 'live' check (status in ('live', 'ended')),
  -- Whether listeners may ask for songs.
  requests_open boolean not null default true,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  -- The life of the log and the number of its last event; the row's lock orders everything in the session.
  epoch uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  tallies_rev bigint not null default 0,
  -- When the channel last carried something, so that a quiet one gets a ping.
  spoke_at timestamptz not null default now()
) with (fillfactor = 70);
create index dj_sessions_dj_id_idx on public.dj_sessions (dj_id);
create index dj_sessions_lobby_idx on public.dj_sessions (started_at desc) where status = 'live' and visibility = 'public';
alter table public.dj_sessions enable row level security;

-- Members ---------------------------------------------------------------------------------------------------------------
create table public.session_members (
  session_id uuid not null references public.dj_sessions on delete cascade,
  user_id uuid not null references public.profiles on delete cascade,
  role text not null check (role in ('dj', 'co_dj', 'moderator', 'listener')),
  joined_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- Mutes belong to the membership: they end with it.
  muted_until timestamptz,
  primary key (session_id, user_id)
);
create index session_members_user_id_idx on public.session_members (user_id, session_id);
create index session_members_seen_idx on public.session_members (session_id, last_seen_at);
create unique index session_members_one_dj_idx on public.session_members (session_id) where role = 'dj';
alter table public.session_members enable row level security;

-- Bans end the membership: whoever is a member is not banned. ------------------------------------------------------------
create table public.session_bans (
  session_id uuid not null references public.dj_sessions on delete cascade,
  user_id uuid not null references public.profiles on delete cascade,
  banned_by uuid references public.profiles on delete set null,
  reason text check (char_length(reason) <= 200),
  was_guest boolean not null,
  created_at timestamptz not null default now(),
  primary key (session_id, user_id)
);
create index session_bans_user_id_idx on public.session_bans (user_id);
create index session_bans_banned_by_idx on public.session_bans (banned_by);
alter table public.session_bans enable row level security;

-- Invitations: the token is shown once and kept as a hash. ---------------------------------------------------------------
create table public.session_invitations (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.dj_sessions on delete cascade,
  token_hash bytea not null unique,
  created_by uuid references public.profiles on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  max_uses int not null check (max_uses > 0),
  uses int not null default 0 check (uses <= max_uses),
  revoked_at timestamptz
);
create index session_invitations_session_id_idx on public.session_invitations (session_id);
create index session_invitations_created_by_idx on public.session_invitations (created_by);
alter table public.session_invitations enable row level security;

-- Who sees what ----------------------------------------------------------------------------------------------------------
-- These two decide for the policies of every table of a session.
create function private.my_session_ids() returns setof uuid
language sql stable security definer set search_path = ''
begin atomic
  select session_id from public.session_members where user_id = (select auth.uid());
end;

create function private.my_session_ids_with(p_permission text) returns setof uuid
language sql stable security definer set search_path = ''
begin atomic
  select session_id from public.session_members
  where user_id = (select auth.uid()) and private.is_allowed(role, p_permission);
end;

create policy "Public sessions are seen by all, others by their members" on public.dj_sessions
  for select to authenticated
  using (visibility = 'public' or id in (select private.my_session_ids()));
grant select (id, slug, dj_id, title, artwork_path, visibility, status, requests_open, started_at, ended_at)
  on public.dj_sessions to authenticated;

create policy "Members see members" on public.session_members
  for select to authenticated using (session_id in (select private.my_session_ids()));
grant select (session_id, user_id, role, joined_at) on public.session_members to authenticated;

create policy "Who moderates sees the bans" on public.session_bans
  for select to authenticated using (session_id in (select private.my_session_ids_with('moderate')));
grant select on public.session_bans to authenticated;

create policy "Who manages sees the invitations" on public.session_invitations
  for select to authenticated using (session_id in (select private.my_session_ids_with('manage')));
grant select (id, session_id, created_by, created_at, expires_at, max_uses, uses, revoked_at)
  on public.session_invitations to authenticated;

-- How they travel (lib/protocol/session-state.ts) ------------------------------------------------------------------------
create function private.session_json(s public.dj_sessions) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object(
  'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
  'artworkPath', s.artwork_path, 'djId', s.dj_id, 'requestsOpen', s.requests_open,
  'startedAt', private.to_ms(s.started_at));

-- Remembers that somebody is here, at most once a minute, so that being here costs no write.
create function private.touch_member(p_session_id uuid, p_user_id uuid) returns void
language sql security definer set search_path = ''
begin atomic
  update public.session_members set last_seen_at = now()
  where session_id = p_session_id and user_id = p_user_id and last_seen_at < now() - interval '1 minute';
end;
