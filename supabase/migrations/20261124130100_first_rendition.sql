-- A track can be played as soon as its first rendition is in order; the others follow.

-- Null where all renditions are there. `awaited`: the owner's browser is still making them. `uploaded`: they wait for
-- verification. `refused`: they were not in order, and the track stays as it is.
alter table public.tracks add column rest_status text check (rest_status in ('awaited', 'uploaded', 'refused'));
alter table public.tracks add constraint rest_follows_the_first check (rest_status is null or status = 'published');
create index tracks_rest_uploaded_idx on public.tracks (uploaded_at) where rest_status = 'uploaded';

create trigger announce_uploaded_rest after update of rest_status on public.tracks
  for each row when (new.rest_status = 'uploaded') execute function private.announce_uploaded_track();

-- Hands the upload over for verification: first with what is there, later, once that is published, with all renditions.
-- Repeating either changes nothing.
create or replace function private.complete_upload(p_track_id uuid, p_manifest jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
begin
  if v_track.status = 'uploading' or v_track.rest_status = 'awaited' then
    if jsonb_typeof(p_manifest) is distinct from 'object' then
      perform private.refuse('invalid_input', '{"field": "manifest"}');
    end if;
    if octet_length(p_manifest::text) > 2 * 1024 * 1024 then perform private.refuse('too_large'); end if;
  end if;
  if v_track.status = 'uploading' then
    update public.tracks set status = 'uploaded', manifest = p_manifest, uploaded_at = now() where id = p_track_id;
    return jsonb_build_object('status', 'uploaded');
  end if;
  if v_track.rest_status = 'awaited' and jsonb_typeof(p_manifest -> 'renditions') = 'array'
    and jsonb_array_length(p_manifest -> 'renditions') > jsonb_array_length(v_track.renditions) then
    update public.tracks set rest_status = 'uploaded', manifest = p_manifest, uploaded_at = now() where id = p_track_id;
  end if;
  return jsonb_build_object('status', v_track.status);
end $$;

-- p_verified: {durationInMs, preRollInMs, waveform, waveformBands?, loudnessInLufs?, playlistPath, artworkPath?,
-- renditions?, isWhole?, bpm?, musicalKey?, title?, artist?}: what verification found, of the first rendition
-- (isWhole: false) or of all. What follows adds renditions to a track and changes nothing else of it: somebody may be
-- listening. Publishing twice is harmless; anything but a verified upload is refused.
create or replace function private.publish_track(p_track_id uuid, p_verified jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_is_whole boolean := coalesce((p_verified ->> 'isWhole')::boolean, true);
begin
  update public.tracks set rest_status = null, renditions = p_verified -> 'renditions'
  where id = p_track_id and rest_status = 'uploaded' and v_is_whole;
  if found then return jsonb_build_object('status', 'published'); end if;

  update public.tracks set
    status = 'published', settled_at = now(),
    rest_status = case when v_is_whole then null else 'awaited' end,
    title = coalesce(nullif(private.clean_line(p_verified ->> 'title', 200), ''), title),
    artist = coalesce(nullif(private.clean_line(p_verified ->> 'artist', 200), ''), artist),
    duration_ms = round((p_verified ->> 'durationInMs')::numeric),
    pre_roll_ms = round((p_verified ->> 'preRollInMs')::numeric),
    waveform = p_verified -> 'waveform',
    waveform_bands = p_verified ->> 'waveformBands',
    loudness_lufs = (p_verified ->> 'loudnessInLufs')::real,
    bpm = case when bpm_is_estimate then (p_verified ->> 'bpm')::real else bpm end,
    musical_key = case when key_is_estimate then p_verified ->> 'musicalKey' else musical_key end,
    playlist_path = p_verified ->> 'playlistPath',
    artwork_path = p_verified ->> 'artworkPath',
    renditions = p_verified -> 'renditions'
  where id = p_track_id and (status in ('uploaded', 'published') or is_starter) and rest_status is distinct from 'uploaded'
    -- What is whole stays whole.
    and (v_is_whole or status <> 'published' or rest_status is not null);
  if not found and not exists (select from public.tracks where id = p_track_id and status = 'published') then
    perform private.refuse('not_found');
  end if;
  return jsonb_build_object('status', 'published');
end $$;

-- What follows a published track can be refused without harm to it.
create or replace function private.refuse_track(p_track_id uuid, p_code text, p_detail text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.tracks set rest_status = 'refused', refusal_code = p_code, refusal_detail = left(p_detail, 1000)
  where id = p_track_id and rest_status in ('uploaded', 'refused');
  if found then return jsonb_build_object('status', 'published'); end if;

  update public.tracks set status = 'refused', settled_at = now(), refusal_code = p_code, refusal_detail = left(p_detail, 1000)
  where id = p_track_id and status in ('uploading', 'uploaded', 'refused');
  if not found then perform private.refuse('not_found'); end if;
  return jsonb_build_object('status', 'refused');
end $$;

-- The segments of the renditions that follow are put beside those that are there, which nobody can change.
create or replace function private.may_upload(p_name text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case
    when p_name ~ ('^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
      || '(artwork\.webp|(64k|128k|256k)/(init\.mp4|0[0-9]{4}\.m4s))$') then exists (
      select from public.tracks
      where id = split_part(p_name, '/', 3)::uuid and owner_id = (select auth.uid())
        and split_part(p_name, '/', 2) = owner_id::text
        and (status = 'uploading' or (rest_status = 'awaited' and split_part(p_name, '/', 4) in ('64k', '256k'))))
    when p_name ~ '^sessions/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.webp$' then
      split_part(p_name, '/', 2) = (select auth.uid())::text and (
        select count(*) from storage.objects
        where bucket_id = 'media' and name like 'sessions/' || (select auth.uid()) || '/%') < 100
    else false end
$$;
