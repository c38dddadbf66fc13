-- A track's way from the uploader's hands to everybody's ears, and out again.

-- By its owner --------------------------------------------------------------------------------------------------------
-- Begins an upload under an id that the client made; the same call again resumes it. Answers the folder to fill.
create function private.start_upload(p_track_id uuid, p_title text, p_artist text, p_source jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_title text := private.clean_line(p_title, 200);
  v_bytes numeric;
  v_known public.tracks;
begin
  if p_track_id is null then perform private.refuse('invalid_input', '{"field": "trackId"}'); end if;
  if v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  if jsonb_typeof(p_source) is distinct from 'object'
    or jsonb_typeof(p_source -> 'name') is distinct from 'string'
    or jsonb_typeof(p_source -> 'bytes') is distinct from 'number'
    or coalesce(p_source ->> 'sha256', '') !~ '^[0-9a-f]{64}$' then
    perform private.refuse('invalid_input', '{"field": "source"}');
  end if;
  v_bytes := (p_source ->> 'bytes')::numeric;
  if v_bytes < 0 or v_bytes > 4294967296 or v_bytes <> trunc(v_bytes) then
    perform private.refuse('invalid_input', '{"field": "source.bytes"}');
  end if;

  select * into v_known from public.tracks where id = p_track_id;
  if v_known.owner_id is distinct from v_me and v_known.id is not null then perform private.refuse('not_allowed'); end if;
  if v_known.status <> 'uploading' then perform private.refuse('command_conflict'); end if;
  if v_known.id is null then
    perform private.limit_rate(v_me, 'upload', 200, '1 hour');
    -- Only the known keys are kept: nothing else of the client's JSON is stored.
    insert into public.tracks (id, owner_id, title, artist, source)
    values (p_track_id, v_me, v_title, nullif(private.clean_line(p_artist, 200), ''),
      jsonb_build_object('name', private.clean_line(p_source ->> 'name', 255), 'bytes', v_bytes::bigint,
        'sha256', p_source ->> 'sha256'));
  end if;
  return jsonb_build_object('prefix', private.track_prefix(v_me, p_track_id));
end $$;

-- The owner's track, locked; whose it is not, learns nothing.
create function private.own_track(p_track_id uuid) returns public.tracks
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks;
begin
  select * into v_track from public.tracks where id = p_track_id and owner_id = private.me() for update;
  if v_track.id is null then perform private.refuse('not_found'); end if;
  return v_track;
end $$;

-- Hands the upload over for verification. Repeating it changes nothing.
create function private.complete_upload(p_track_id uuid, p_manifest jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
begin
  if v_track.status = 'uploading' then
    if jsonb_typeof(p_manifest) is distinct from 'object' then
      perform private.refuse('invalid_input', '{"field": "manifest"}');
    end if;
    if octet_length(p_manifest::text) > 2 * 1024 * 1024 then perform private.refuse('too_large'); end if;
    update public.tracks set status = 'uploaded', manifest = p_manifest, uploaded_at = now() where id = p_track_id;
    return jsonb_build_object('status', 'uploaded');
  end if;
  return jsonb_build_object('status', v_track.status);
end $$;

create function private.rename_track(p_track_id uuid, p_title text, p_artist text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
  v_title text := private.clean_line(p_title, 200);
begin
  if v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  perform private.limit_rate(v_track.owner_id, 'rename', 60, '1 minute');
  update public.tracks set title = v_title, artist = nullif(private.clean_line(p_artist, 200), '')
  where id = p_track_id returning * into v_track;
  return jsonb_build_object('id', v_track.id, 'title', v_track.title, 'artist', v_track.artist);
end $$;

-- By the server -------------------------------------------------------------------------------------------------------
-- p_verified: {durationInMs, preRollInMs, waveform, loudnessInLufs?, playlistPath, artworkPath?, renditions?, title?,
-- artist?}: what verification found. Publishing twice is harmless; anything but a verified upload is refused.
create function private.publish_track(p_track_id uuid, p_verified jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.tracks set
    status = 'published', settled_at = now(),
    title = coalesce(nullif(private.clean_line(p_verified ->> 'title', 200), ''), title),
    artist = coalesce(nullif(private.clean_line(p_verified ->> 'artist', 200), ''), artist),
    duration_ms = round((p_verified ->> 'durationInMs')::numeric),
    pre_roll_ms = round((p_verified ->> 'preRollInMs')::numeric),
    waveform = p_verified -> 'waveform',
    loudness_lufs = (p_verified ->> 'loudnessInLufs')::real,
    playlist_path = p_verified ->> 'playlistPath',
    artwork_path = p_verified ->> 'artworkPath',
    renditions = p_verified -> 'renditions'
  where id = p_track_id and (status in ('uploaded', 'published') or is_starter);
  if not found then perform private.refuse('not_found'); end if;
  return jsonb_build_object('status', 'published');
end $$;

create function private.refuse_track(p_track_id uuid, p_code text, p_detail text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.tracks set status = 'refused', settled_at = now(), refusal_code = p_code, refusal_detail = left(p_detail, 1000)
  where id = p_track_id and status in ('uploading', 'uploaded', 'refused');
  if not found then perform private.refuse('not_found'); end if;
  return jsonb_build_object('status', 'refused');
end $$;

-- Puts a track of the product itself in place, or renews it.
create function private.upsert_starter_track(p_track_id uuid, p_title text, p_artist text, p_verified jsonb)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.tracks (id, is_starter, title, artist) values (p_track_id, true, p_title, p_artist)
  on conflict (id) do update set title = excluded.title, artist = excluded.artist where tracks.is_starter;
  if not found then perform private.refuse('not_allowed'); end if;
  return private.publish_track(p_track_id, p_verified);
end $$;
