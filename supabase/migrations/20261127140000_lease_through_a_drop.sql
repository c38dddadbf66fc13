-- A DJ may be without a network for 20 seconds. The server hears of it for longer: the last segment before was captured a
-- second earlier, and the first one after takes an attempt or two. Less than the 45 seconds of `sweep_live`.
create function private.on_air_for() returns interval language sql immutable set search_path = ''
return interval '30 seconds';
revoke all on function private.on_air_for from public, anon, authenticated, service_role;

-- As before; who is on air keeps the lease for so long.
create or replace function private.claim_lease(p_session_id uuid, p_takes_over boolean) returns jsonb
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
  if not coalesce(p_takes_over, false) and exists (
    select from public.live_streams
    where session_id = p_session_id and ended_at is null and lease_id = p.lease_id
      and spoke_at > clock_timestamp() - private.on_air_for()) then
    perform private.refuse('on_air');
  end if;
  update public.playback set
    lease_id = gen_random_uuid(), lease_holder = v_me, present_until = clock_timestamp() + interval '15 seconds',
    dj_rev = dj_rev + 1, dj_position_ms = null, dj_at_ms = null, spoke_at = clock_timestamp()
  where session_id = p_session_id returning * into p;
  perform private.send(p_session_id, private.state_envelope(p_session_id,
    jsonb_build_object('dj', private.dj_json(p))));
  return jsonb_build_object('leaseId', p.lease_id, 'presentUntil', private.to_ms(p.present_until));
end $$;
