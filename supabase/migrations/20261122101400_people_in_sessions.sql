-- Coming in, roles, mutes, bans, invitations.

-- Joining ---------------------------------------------------------------------------------------------------------------
-- Makes the caller a member (again: harmless). A private session wants an invitation. The room hears of it while small.
create function private.join_session(p_session_id uuid, p_invitation text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_profile public.profiles;
  v_session public.dj_sessions;
  v_role text;
  v_muted_until timestamptz;
begin
  select * into v_profile from public.profiles where id = v_me;
  if v_profile.id is null then perform private.refuse('not_signed_in'); end if;
  select role into v_role from public.session_members where session_id = p_session_id and user_id = v_me;
  if v_role is not null then
    perform private.touch_member(p_session_id, v_me);
    return jsonb_build_object('role', v_role);
  end if;

  perform private.limit_rate(v_me, 'join', 30, '1 minute');
  select * into v_session from public.dj_sessions where id = p_session_id for no key update;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  if exists (select from public.session_bans where session_id = p_session_id and user_id = v_me) then
    perform private.refuse('banned');
  end if;
  if v_session.visibility = 'private' then
    update public.session_invitations set uses = uses + 1
    where session_id = p_session_id and token_hash = private.token_hash(p_invitation)
      and revoked_at is null and expires_at > now() and uses < max_uses;
    if not found then perform private.refuse('invitation_invalid'); end if;
  end if;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;

  -- A banned guest is back as a new one in seconds: for half an hour after a guest was banned, guests younger than the
  -- ban come in muted for ten minutes. They hear everything and may vote.
  if v_profile.is_guest then
    select now() + interval '10 minutes' into v_muted_until from public.session_bans
    where session_id = p_session_id and was_guest and created_at > now() - interval '30 minutes'
      and created_at < v_profile.created_at limit 1;
  end if;
  insert into public.session_members (session_id, user_id, role, muted_until)
  values (p_session_id, v_me, 'listener', v_muted_until)
  on conflict do nothing;
  if found and (select count(*) from public.session_members where session_id = p_session_id) <= 200 then
    perform private.append_event(p_session_id, 'member.joined',
      jsonb_build_object('userId', v_me, 'name', v_profile.display_name, 'role', 'listener'), v_me, null);
    perform private.send(p_session_id, private.envelope(p_session_id, v_session.seq, null));
  end if;
  return jsonb_build_object('role', 'listener');
end $$;

-- Deciding over others ----------------------------------------------------------------------------------------------------
-- Locks a live session and refuses who lacks the permission in it; answers the row as it stood.
create function private.preside(p_session_id uuid, p_permission text) returns public.dj_sessions
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions;
begin
  select * into v_session from public.dj_sessions where id = p_session_id for no key update;
  if not private.is_allowed(private.my_role(p_session_id), p_permission) then perform private.refuse('not_allowed'); end if;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;
  perform private.limit_rate(private.me(), 'preside', 60, '1 minute');
  return v_session;
end $$;

-- Nobody decides over the DJ or over themselves, and only the DJ over co-DJs and moderators.
create function private.refuse_protected(p_session_id uuid, p_user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_role text := coalesce(
    (select role from public.session_members where session_id = p_session_id and user_id = p_user_id), 'listener');
begin
  if p_user_id = private.me() or v_role = 'dj'
    or (v_role <> 'listener' and not private.is_allowed(private.my_role(p_session_id), 'manage')) then
    perform private.refuse('not_allowed');
  end if;
end $$;

create function private.set_member_role(p_session_id uuid, p_user_id uuid, p_role text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions := private.preside(p_session_id, 'manage');
begin
  if p_role is null or p_role not in ('co_dj', 'moderator', 'listener') then
    perform private.refuse('invalid_input', '{"field": "role"}');
  end if;
  perform private.refuse_protected(p_session_id, p_user_id);
  update public.session_members set role = p_role where session_id = p_session_id and user_id = p_user_id;
  if not found then perform private.refuse('not_found'); end if;
  if not private.is_allowed(p_role, 'play') then perform private.revoke_lease(p_session_id, p_user_id); end if;
  perform private.append_event(p_session_id, 'member.role_changed',
    jsonb_build_object('userId', p_user_id, 'role', p_role), private.me(), null);
  perform private.send(p_session_id, private.envelope(p_session_id, v_session.seq, null));
  return jsonb_build_object('role', p_role);
end $$;

-- No chat for so many minutes (a week at most); 0 lifts it.
create function private.mute_member(p_session_id uuid, p_user_id uuid, p_minutes int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions := private.preside(p_session_id, 'moderate');
  v_until timestamptz;
begin
  if p_minutes is null or p_minutes not between 0 and 10080 then
    perform private.refuse('invalid_input', '{"field": "minutes"}');
  end if;
  perform private.refuse_protected(p_session_id, p_user_id);
  v_until := case when p_minutes > 0 then now() + make_interval(mins => p_minutes) end;
  update public.session_members set muted_until = v_until where session_id = p_session_id and user_id = p_user_id;
  if not found then perform private.refuse('not_found'); end if;
  perform private.append_event(p_session_id, 'member.muted',
    jsonb_build_object('userId', p_user_id, 'until', private.to_ms(v_until)), private.me(), null);
  perform private.send(p_session_id, private.envelope(p_session_id, v_session.seq, null));
  return jsonb_build_object('until', private.to_ms(v_until));
end $$;

-- Out, and not in again: the membership, the lease, the votes and the waiting wishes go.
create function private.ban_member(p_session_id uuid, p_user_id uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions := private.preside(p_session_id, 'moderate');
  v_banned public.profiles;
  v_item_id uuid;
begin
  perform private.refuse_protected(p_session_id, p_user_id);
  select * into v_banned from public.profiles where id = p_user_id;
  if v_banned.id is null then perform private.refuse('not_found'); end if;
  insert into public.session_bans (session_id, user_id, banned_by, reason, was_guest)
  values (p_session_id, p_user_id, private.me(), nullif(private.clean_line(p_reason, 200), ''), v_banned.is_guest)
  on conflict do nothing;
  if not found then return jsonb_build_object('banned', true); end if;

  -- Who was never in is kept out quietly.
  delete from public.session_members where session_id = p_session_id and user_id = p_user_id;
  if not found then return jsonb_build_object('banned', true); end if;
  perform private.revoke_lease(p_session_id, p_user_id);
  delete from public.queue_votes v using public.queue_items i
  where v.user_id = p_user_id and i.id = v.item_id and i.session_id = p_session_id and i.status = 'waiting';
  update public.dj_sessions set tallies_rev = tallies_rev + 1 where id = p_session_id;
  for v_item_id in
    select id from public.queue_items where session_id = p_session_id and added_by = p_user_id and status = 'waiting'
  loop
    perform private.drop_item(v_item_id, private.me(), null);
  end loop;
  perform private.append_event(p_session_id, 'member.banned', jsonb_build_object('userId', p_user_id), private.me(), null);
  perform private.send(p_session_id, private.envelope(p_session_id, v_session.seq,
    jsonb_build_object('tallies', private.tallies_json(p_session_id))));
  return jsonb_build_object('banned', true);
end $$;

-- The person may join again; nothing else comes back.
create function private.unban_member(p_session_id uuid, p_user_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.preside(p_session_id, 'moderate');
  delete from public.session_bans where session_id = p_session_id and user_id = p_user_id;
  return jsonb_build_object('banned', false);
end $$;

-- Invitations ---------------------------------------------------------------------------------------------------------------
create function private.token_hash(p_token text) returns bytea
language sql immutable set search_path = ''
return sha256(convert_to(p_token, 'utf8'));

-- The token is answered here and never again. A week and 50 uses unless said otherwise.
create function private.create_invitation(p_session_id uuid, p_expires_at timestamptz, p_max_uses int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_token text := replace(gen_random_uuid()::text, '-', '');
  v_invitation public.session_invitations;
begin
  perform private.preside(p_session_id, 'manage');
  if p_expires_at is not null and p_expires_at not between now() and now() + interval '90 days' then
    perform private.refuse('invalid_input', '{"field": "expiresAt"}');
  end if;
  if p_max_uses is not null and p_max_uses not between 1 and 10000 then
    perform private.refuse('invalid_input', '{"field": "maxUses"}');
  end if;
  insert into public.session_invitations (session_id, token_hash, created_by, expires_at, max_uses)
  values (p_session_id, private.token_hash(v_token), private.me(),
    coalesce(p_expires_at, now() + interval '7 days'), coalesce(p_max_uses, 50))
  returning * into v_invitation;
  return jsonb_build_object('id', v_invitation.id, 'token', v_token, 'expiresAt', private.to_ms(v_invitation.expires_at),
    'maxUses', v_invitation.max_uses);
end $$;

create function private.revoke_invitation(p_invitation_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_invitation public.session_invitations;
begin
  select i.* into v_invitation from public.session_invitations i
  join public.session_members m on m.session_id = i.session_id and m.user_id = private.me()
  where i.id = p_invitation_id and private.is_allowed(m.role, 'manage');
  if v_invitation.id is null then perform private.refuse('not_found'); end if;
  update public.session_invitations set revoked_at = coalesce(revoked_at, now()) where id = p_invitation_id;
  return jsonb_build_object('revoked', true);
end $$;
