-- A heartbeat that crosses a change of the timeline has lost a race, which nobody can help: it is answered with the newer
-- `rev` and changes nothing, least of all the lease. Only a `rev` that the timeline never had is refused.
create or replace function private.record_heartbeat(
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
  if p_rev is null or p_rev > p.rev then
    perform private.refuse('stale', jsonb_build_object('rev', p.rev));
  end if;
  perform private.limit_rate(v_me, 'heartbeat', 20, '10 seconds');
  if p_rev < p.rev then
    return jsonb_build_object('presentUntil', private.to_ms(p.present_until), 'rev', p.rev);
  end if;
  if p_position_ms > coalesce(greatest(p.current_duration_ms, p.next_duration_ms), 0) then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;

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
