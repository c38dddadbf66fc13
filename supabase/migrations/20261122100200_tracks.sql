-- Tracks: what a DJ uploads, the server verifies and publishes, and sessions play.
-- uploading -> uploaded -> published, or refused with a reason. Only `published` can be played.

create table public.tracks (
  id uuid primary key,
  -- Null for the starter tracks, which belong to the product.
  owner_id uuid references public.profiles on delete cascade,
  status text not null default 'uploading' check (status in ('uploading', 'uploaded', 'published', 'refused')),
  title text not null check (char_length(title) between 1 and 200),
  artist text check (char_length(artist) between 1 and 200),
  is_starter boolean not null default false,
  -- What the uploader said: the file's {name, bytes, sha256}, and the manifest of its segments. Claims, until verified.
  source jsonb not null default '{}',
  manifest jsonb,
  -- What the server found.
  duration_ms int check (duration_ms > 0),
  pre_roll_ms int check (pre_roll_ms >= 0),
  -- A list of 0-255 as it travels: turning an array of numbers into JSON for every snapshot costs 20 times more.
  waveform jsonb check (jsonb_typeof(waveform) = 'array'),
  loudness_lufs real,
  playlist_path text,
  artwork_path text,
  renditions jsonb,
  refusal_code text,
  refusal_detail text,
  created_at timestamptz not null default now(),
  uploaded_at timestamptz,
  settled_at timestamptz,
  check (is_starter = (owner_id is null)),
  check (status <> 'published' or (duration_ms is not null and pre_roll_ms is not null
    and waveform is not null and playlist_path is not null)),
  check (status <> 'refused' or refusal_code is not null)
);
create index tracks_owner_id_idx on public.tracks (owner_id, created_at desc);
-- What a worker that was away finds first.
create index tracks_uploaded_idx on public.tracks (uploaded_at) where status = 'uploaded';
create index tracks_starter_idx on public.tracks (created_at) where is_starter;

alter table public.tracks enable row level security;
-- Tracks of others travel with the queues they are in.
create policy "People see their own tracks and the starter tracks" on public.tracks
  for select to authenticated using (owner_id = (select auth.uid()) or (is_starter and status = 'published'));
grant select on public.tracks to authenticated;

-- The DJ watches their own uploads (Postgres Changes).
alter publication supabase_realtime add table public.tracks;

-- Files of deleted tracks ---------------------------------------------------------------------------------------------
-- However a track goes (deleted by hand, or with its account), its folder waits here for the worker to empty it.
create table public.deleted_tracks (
  track_id uuid primary key,
  prefix text not null,
  deleted_at timestamptz not null default now()
);
alter table public.deleted_tracks enable row level security;

create function private.track_prefix(p_owner_id uuid, p_track_id uuid) returns text
language sql immutable set search_path = ''
return 'tracks/' || coalesce(p_owner_id::text, 'starter') || '/' || p_track_id;

create function private.remember_deleted_track() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.deleted_tracks (track_id, prefix)
  values (old.id, private.track_prefix(old.owner_id, old.id)) on conflict do nothing;
  perform pg_notify('track_deleted', old.id::text);
  return old;
end $$;
create trigger remember_deleted_track after delete on public.tracks
  for each row execute function private.remember_deleted_track();

-- Wakes the worker ----------------------------------------------------------------------------------------------------
create function private.announce_uploaded_track() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform pg_notify('track_uploaded', new.id::text);
  return new;
end $$;
create trigger announce_uploaded_track after insert or update of status on public.tracks
  for each row when (new.status = 'uploaded') execute function private.announce_uploaded_track();

-- How a track travels (lib/protocol/tracks.ts, trackSchema) -----------------------------------------------------------
create function private.track_json(t public.tracks) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object(
  'id', t.id, 'title', t.title, 'artist', t.artist, 'durationInMs', t.duration_ms, 'waveform', t.waveform,
  'playlistPath', t.playlist_path, 'artworkPath', t.artwork_path, 'preRollInMs', t.pre_roll_ms);
