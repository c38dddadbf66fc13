-- What the encoder heard in a track: its bands, and tempo and key as estimates that the owner may correct.

alter table public.tracks
  -- Three hexadecimal digits a bar: how strong low, middle and high tones are in it.
  add column waveform_bands text check (waveform_bands ~ '^([0-9a-f]{3})+$' and char_length(waveform_bands) <= 1200),
  add column bpm real check (bpm between 20 and 400),
  add column bpm_is_estimate boolean not null default true,
  add column musical_key text check (musical_key in (
    'C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B',
    'Cm', 'C#m', 'Dm', 'Ebm', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'Bbm', 'Bm')),
  add column key_is_estimate boolean not null default true;

create or replace function private.track_json(t public.tracks) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object(
  'id', t.id, 'title', t.title, 'artist', t.artist, 'durationInMs', t.duration_ms, 'waveform', t.waveform,
  'waveformBands', t.waveform_bands, 'bpm', t.bpm, 'musicalKey', t.musical_key,
  'playlistPath', t.playlist_path, 'artworkPath', t.artwork_path, 'preRollInMs', t.pre_roll_ms);

-- The owner's word on tempo and key; null is a word too. What stays as it was stays an estimate.
create function private.correct_track(p_track_id uuid, p_bpm numeric, p_musical_key text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
begin
  if p_bpm not between 20 and 400 then perform private.refuse('invalid_input', '{"field": "bpm"}'); end if;
  perform private.limit_rate(v_track.owner_id, 'rename', 60, '1 minute');
  update public.tracks set
    bpm = round(p_bpm, 1)::real,
    bpm_is_estimate = bpm_is_estimate and bpm is not distinct from round(p_bpm, 1)::real,
    musical_key = p_musical_key, key_is_estimate = key_is_estimate and musical_key is not distinct from p_musical_key
  where id = p_track_id returning * into v_track;
  return jsonb_build_object('bpm', v_track.bpm, 'musicalKey', v_track.musical_key);
exception when check_violation then
  perform private.refuse('invalid_input', '{"field": "musicalKey"}');
end $$;

create function public.correct_track(p_track_id uuid, p_bpm numeric default null, p_musical_key text default null)
returns jsonb language sql volatile set search_path = ''
return private.correct_track(p_track_id, p_bpm, p_musical_key);

revoke all on function private.correct_track, public.correct_track from public, anon, authenticated, service_role;
grant execute on function private.correct_track, public.correct_track to authenticated;

-- What can be asked for, by tempo and key too: the search is for a part of the title or of the artist, or for either of them.
create or replace function private.session_catalogue(p_session_id uuid, p_search text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_search text := lower(coalesce(p_search, ''));
  v_tracks jsonb;
begin
  perform private.my_role(p_session_id);
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'artist', t.artist,
    'durationInMs', t.duration_ms, 'artworkPath', t.artwork_path, 'isStarter', t.is_starter, 'bpm', t.bpm,
    'musicalKey', t.musical_key)
    order by t.is_starter, lower(t.title), t.id), '[]') into v_tracks
  from (
    select t.* from public.tracks t join public.dj_sessions s on s.id = p_session_id
    where t.status = 'published' and (t.owner_id = s.dj_id or t.owner_id = private.me() or t.is_starter)
      and (strpos(lower(t.title), v_search) > 0 or strpos(lower(coalesce(t.artist, '')), v_search) > 0
        or round(t.bpm::numeric)::text = v_search or lower(t.musical_key) = v_search)
    order by t.is_starter, lower(t.title), t.id
    limit 200
  ) t;
  return jsonb_build_object('tracks', v_tracks);
end $$;
