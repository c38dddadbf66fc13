-- Opening, changing and ending a session.

-- A readable address: the title's first words and eight characters of chance (Crockford's base 32, 40 bits).
create function private.make_slug(p_title text) returns text
language plpgsql volatile set search_path = ''
as $$
declare
  v_words text := btrim(left(regexp_replace(
    lower(regexp_replace(normalize(p_title, NFKD), '[\u0300-\u036f]', '', 'g')), '[^a-z0-9]+', '-', 'g'), 24), '-');
  v_chance bytea := uuid_send(gen_random_uuid());
  v_code text := '';
begin
  -- Bytes 6 and 8 of a random UUID hold its version and variant.
  for i in 0..5 loop
    v_code := v_code || substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(v_chance, i) & 31) + 1, 1);
  end loop;
  for i in 10..11 loop
    v_code := v_code || substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(v_chance, i) & 31) + 1, 1);
  end loop;
  return case when v_words = '' then v_code else v_words || '-' || v_code end;
end $$;

create function private.create_session(p_title text, p_visibility text, p_artwork_path text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_title text := private.clean_line(p_title, 80);
  v_session public.dj_sessions;
begin
  if not exists (select from public.profiles where id = v_me) then perform private.refuse('not_signed_in'); end if;
  if v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  if p_visibility is null or p_visibility not in ('public', 'unlisted', 'private') then
    perform private.refuse('invalid_input', '{"field": "visibility"}');
  end if;
  -- Only a picture that its owner put into the bucket: no address, no other file type.
  if p_artwork_path !~ ('^sessions/' || v_me || '/[0-9a-f-]{36}\.webp$') then
    perform private.refuse('invalid_input', '{"field": "artworkPath"}');
  end if;
  perform private.limit_rate(v_me, 'session', 10, '1 hour');
  insert into public.dj_sessions (slug, dj_id, title, visibility, artwork_path)
  values (private.make_slug(v_title), v_me, v_title, p_visibility, p_artwork_path)
  returning * into v_session;
  insert into public.session_members (session_id, user_id, role) values (v_session.id, v_me, 'dj');
  insert into public.playback (session_id) values (v_session.id);
  return jsonb_build_object('id', v_session.id, 'slug', v_session.slug);
end $$;

-- Null leaves a field as it is.
create function private.update_session(p_session_id uuid, p_command_id uuid, p_title text, p_requests_open boolean)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_title text := private.clean_line(p_title, 80);
  v_session public.dj_sessions;
begin
  if p_title is not null and v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  c := private.open_command(p_session_id, p_command_id, 'session.update', 'manage',
    jsonb_build_array(p_title, p_requests_open));
  if c.done then return private.acknowledge(c); end if;
  update public.dj_sessions set
    title = coalesce(nullif(v_title, ''), title),
    requests_open = coalesce(p_requests_open, requests_open)
  where id = c.session_id returning * into v_session;
  perform private.command_event(c, 'session.changed', private.session_json(v_session));
  return private.acknowledge(c);
end $$;

-- The music stops, the lease ends, nothing more can be commanded; members may still read.
create function private.end_session(p_session_id uuid, p_command_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  c := private.open_command(p_session_id, p_command_id, 'session.end', 'manage');
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  p := v_old;
  update public.queue_items set status = case when id = p.current_item_id then 'played' else 'removed' end
  where id in (p.current_item_id, p.next_item_id);
  p.status := 'idle';
  p.goes_on := false;
  p.current_item_id := null;
  p.current_duration_ms := null;
  p.current_starts_at_ms := null;
  p.paused_position_ms := null;
  p.next_item_id := null;
  p.next_duration_ms := null;
  p.next_starts_at_ms := null;
  perform private.save_playback(v_old, p);
  update public.playback set lease_id = null, lease_holder = null, present_until = null,
    dj_rev = dj_rev + 1, dj_position_ms = null, dj_at_ms = null where session_id = c.session_id;
  update public.dj_sessions set status = 'ended', ended_at = clock_timestamp() where id = c.session_id;
  perform private.command_event(c, 'session.ended', jsonb_build_object('at', private.now_ms()));
  return private.acknowledge(c, private.state_json(c.session_id));
end $$;
