-- The DJ's lease and heartbeat. The lease is a fencing token: whoever claims it last holds it, and what an earlier holder
-- still sends is refused. A heartbeat confirms the timeline and says where the DJ's player is; it never moves the timeline.

create function private.claim_lease(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_session public.dj_sessions;
  v_role text;
  p public.playback;
begin
  select * into v_session from public.dj_sessions where id = p_session_id for key share;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  select role into v_role from public.session_members where session_id = p_session_id and user_id = v_me;
  if v_role is null then perform private.refuse_outsider(v_session, v_me); end if;
  if not private.is_allowed(v_role, 'play') then perform private.refuse('not_allowed'); end if;
  perform private.limit_rate(v_me, 'lease', 20, '1 minute');
  p := private.lock_playback(p_session_id);
  if (select status from public.dj_sessions where id = p_session_id) = 'ended' then
    perform private.refuse('session_ended');
  end if;
  update public.playback set
    lease_id = gen_random_uuid(), lease_holder = v_me, present_until = clock_timestamp() + interval '15 seconds',
    dj_rev = dj_rev + 1, dj_position_ms = null, dj_at_ms = null, spoke_at = clock_timestamp()
  where session_id = p_session_id returning * into p;
  perform private.send(p_session_id, private.state_envelope(p_session_id,
    jsonb_build_object('dj', private.dj_json(p))));
  return jsonb_build_object('leaseId', p.lease_id, 'presentUntil', private.to_ms(p.present_until));
end $$;

-- p_position_ms: where the DJ's player is, null in silence; p_at_ms: the server time at which it was read.
create function private.record_heartbeat(
  p_session_id uuid, p_lease_id uuid, p_rev bigint, p_position_ms float8, p_at_ms float8
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  p public.playback;
begin
  -- In PostgreSQL NaN equals itself and is greater than everything: `not between` refuses it, and both infinities.
  if p_at_ms is null or p_at_ms not between private.now_ms() - 10000 and private.now_ms() + 10000 then
    perform private.refuse('invalid_input', '{"field": "at"}');
  end if;
  if p_position_ms is not null and p_position_ms not between 0 and 86400000 then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;
  p := private.lock_playback(p_session_id);
  if p.session_id is null then perform private.refuse('not_found'); end if;
  if p.lease_holder is distinct from v_me or p.lease_id is distinct from p_lease_id then
    perform private.refuse('lease_lost');
  end if;
  if p.rev is distinct from p_rev then perform private.refuse('stale', jsonb_build_object('rev', p.rev)); end if;
  if p_position_ms > coalesce(greatest(p.current_duration_ms, p.next_duration_ms), 0) then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;
  perform private.limit_rate(v_me, 'heartbeat', 20, '10 seconds');

  -- One that overtook a later one on its way is heard no more.
  if p.dj_at_ms is null or p_at_ms >= p.dj_at_ms then
    update public.playback set
      present_until = clock_timestamp() + interval '15 seconds', dj_rev = dj_rev + 1,
      dj_position_ms = p_position_ms, dj_at_ms = p_at_ms, spoke_at = clock_timestamp()
    where session_id = p_session_id returning * into p;
    perform private.touch_member(p_session_id, v_me);
    perform private.send(p_session_id, private.state_envelope(p_session_id, private.state_json(p_session_id)));
  end if;
  return jsonb_build_object('presentUntil', private.to_ms(p.present_until), 'rev', p.rev);
end $$;

-- Ends the lease of somebody who may not hold it any more.
create function private.revoke_lease(p_session_id uuid, p_holder uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  p public.playback;
begin
  update public.playback set lease_id = null, lease_holder = null, present_until = null,
    dj_rev = dj_rev + 1, dj_position_ms = null, dj_at_ms = null
  where session_id = p_session_id and lease_holder = p_holder returning * into p;
  if found then
    perform private.send(p_session_id, private.state_envelope(p_session_id,
      jsonb_build_object('dj', private.dj_json(p))));
  end if;
end $$;
