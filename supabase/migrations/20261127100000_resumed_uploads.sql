-- Begins an upload under an id that the client made; the same call again resumes it. Answers the folder to fill,
-- and how far the upload is: an earlier visit may have handed it over without hearing so.
create or replace function private.start_upload(p_track_id uuid, p_title text, p_artist text, p_source jsonb) returns jsonb
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
  if v_known.id is null then
    perform private.limit_rate(v_me, 'upload', 200, '1 hour');
    -- Only the known keys are kept: nothing else of the client's JSON is stored.
    insert into public.tracks (id, owner_id, title, artist, source)
    values (p_track_id, v_me, v_title, nullif(private.clean_line(p_artist, 200), ''),
      jsonb_build_object('name', private.clean_line(p_source ->> 'name', 255), 'bytes', v_bytes::bigint,
        'sha256', p_source ->> 'sha256'));
  end if;
  return jsonb_build_object('prefix', private.track_prefix(v_me, p_track_id),
    'status', coalesce(v_known.status, 'uploading'));
end $$;
