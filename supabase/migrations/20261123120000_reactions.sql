-- Reactions of a lively room come by the dozen a second, are never logged and nobody's in particular: the app hands over a
-- quarter of a second's at once, and one message carries them all. Who may react, and how often, is decided here for each.

-- Who gives a command, for whoever was named; `open_member_command` names the caller.
create function private.open_command_of(
  p_me uuid, p_session_id uuid, p_command_id uuid, p_kind text, p_permission text
) returns private.command
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_session public.dj_sessions;
begin
  if p_command_id is null then perform private.refuse('invalid_input', '{"field": "commandId"}'); end if;
  select * into v_session from public.dj_sessions where id = p_session_id;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  select m.role, m.muted_until, p.display_name,
    m.role = 'listener' and p.is_guest and m.joined_at > now() - interval '10 minutes'
  into c.role, c.muted_until, c.name, c.is_newcomer
  from public.session_members m join public.profiles p on p.id = m.user_id
  where m.session_id = p_session_id and m.user_id = p_me;
  if not found then perform private.refuse_outsider(v_session, p_me); end if;

  c.session_id := p_session_id;
  c.command_id := p_command_id;
  c.kind := p_kind;
  c.me := p_me;
  c.from_seq := v_session.seq;
  c.requests_open := v_session.requests_open;
  c.done := false;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;
  if not private.is_allowed(c.role, p_permission) then perform private.refuse('not_allowed'); end if;
  perform private.limit_command(c);
  return c;
end $$;

create or replace function private.open_member_command(
  p_session_id uuid, p_command_id uuid, p_kind text, p_permission text
) returns private.command
language sql security definer set search_path = ''
return private.open_command_of(private.me(), p_session_id, p_command_id, p_kind, p_permission);

-- Carries out reactions `[{"userId", "commandId", "emoji"}]` of people whom the app knows, and answers one object for each, in
-- order: `{}`, or its refusal as `{"code", "field", "retryAfterInMs"}`.
create function private.react_together(p_session_id uuid, p_reactions jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_reaction record;
  v_counts jsonb := '{}';
  v_answers jsonb[] := '{}';
  v_detail text;
begin
  if jsonb_array_length(p_reactions) > 500 then perform private.refuse('too_large'); end if;
  for v_reaction in
    select * from jsonb_to_recordset(p_reactions) as r("userId" uuid, "commandId" uuid, emoji text)
  loop
    begin
      if v_reaction.emoji is null or v_reaction.emoji not in ('🔥', '❤️', '🙌', '😂', '🎉', '👏') then
        perform private.refuse('invalid_input', '{"field": "emoji"}');
      end if;
      perform private.open_command_of(v_reaction."userId", p_session_id, v_reaction."commandId", 'react', 'react');
      v_counts := v_counts || jsonb_build_object(v_reaction.emoji,
        coalesce((v_counts ->> v_reaction.emoji)::int, 0) + 1);
      v_answers := v_answers || '{}'::jsonb;
    exception when raise_exception then
      get stacked diagnostics v_detail = pg_exception_detail;
      v_answers := v_answers
        || (jsonb_build_object('code', sqlerrm) || coalesce(nullif(v_detail, '')::jsonb, '{}'));
    end;
  end loop;
  if v_counts <> '{}' then
    perform private.send(p_session_id, private.state_envelope(p_session_id, null)
      || jsonb_build_object('reactions', v_counts));
  end if;
  return to_jsonb(v_answers);
end $$;

create function public.react_together(p_session_id uuid, p_reactions jsonb) returns jsonb language sql volatile set search_path = ''
return private.react_together(p_session_id, p_reactions);

drop function public.react;
drop function private.react;

revoke all on function private.open_command_of, private.react_together, public.react_together
from public, anon, authenticated, service_role;
grant execute on function private.react_together, public.react_together to service_role;
