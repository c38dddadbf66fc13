-- One ordered log a session: every command changes the state and appends its events in one transaction under the
-- session row's lock, so `seq` has no gap, and what happened is what was told.

create table public.session_events (
  session_id uuid not null references public.dj_sessions on delete cascade,
  seq bigint not null,
  kind text not null,
  payload jsonb not null,
  -- Who did it, null for the system; the log outlives accounts, so this is no reference.
  actor uuid,
  command_id uuid,
  at timestamptz not null default clock_timestamp(),
  primary key (session_id, seq)
);
-- Read through `events_after` and the channel alone.
alter table public.session_events enable row level security;

-- Commands that took effect, so that a repeat is acknowledged and does nothing. Swept after a day (`tidy_up`).
create table private.session_commands (
  session_id uuid not null references public.dj_sessions on delete cascade,
  actor uuid not null,
  command_id uuid not null,
  body_hash bytea not null,
  seq bigint,
  at timestamptz not null default now(),
  primary key (session_id, actor, command_id)
);
create index session_commands_at_idx on private.session_commands using brin (at);
alter table private.session_commands enable row level security;

-- Writing -----------------------------------------------------------------------------------------------------------------
create function private.append_event(
  p_session_id uuid, p_kind text, p_payload jsonb, p_actor uuid, p_command_id uuid
) returns bigint
language sql security definer set search_path = ''
as $$
  with counted as (
    update public.dj_sessions set seq = seq + 1, spoke_at = clock_timestamp() where id = p_session_id returning seq
  )
  insert into public.session_events (session_id, seq, kind, payload, actor, command_id)
  select p_session_id, counted.seq, p_kind, p_payload, p_actor, p_command_id from counted
  returning seq
$$;

-- Telling (lib/protocol/envelope.ts) -----------------------------------------------------------------------------------------
-- The events after `p_from`, at most `p_limit` of them, with a state to go along.
create function private.envelope(p_session_id uuid, p_from bigint, p_state jsonb, p_limit int default 500) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('v', 1, 'sid', s.id, 'epoch', s.epoch, 'from', p_from,
      'to', coalesce(case when page.size = p_limit then page.last_seq end, s.seq),
      'items', page.items, 'sentAt', private.now_ms())
    || case when p_state is null then '{}' else jsonb_build_object('state', p_state) end
  from public.dj_sessions s
  cross join lateral (
    select count(*) as size, max(e.seq) as last_seq, coalesce(jsonb_agg(jsonb_build_object(
      'seq', e.seq, 'kind', e.kind, 'commandId', e.command_id, 'by', e.actor, 'at', private.to_ms(e.at),
      'payload', e.payload) order by e.seq), '[]') as items
    from (
      select * from public.session_events
      where session_id = p_session_id and seq > p_from order by seq limit p_limit
    ) e
  ) page
  where s.id = p_session_id
$$;

-- No events, only a state: from = to = the newest `seq`, so that a lost tail is noticed.
create function private.state_envelope(p_session_id uuid, p_state jsonb) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('v', 1, 'sid', s.id, 'epoch', s.epoch, 'from', s.seq, 'to', s.seq, 'items', jsonb_build_array(),
      'sentAt', private.now_ms())
    || case when p_state is null then '{}' else jsonb_build_object('state', p_state) end
  from public.dj_sessions s where s.id = p_session_id
$$;

create function private.send(p_session_id uuid, p_envelope jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform realtime.send(p_envelope, 'envelope', 'session:' || p_session_id, true);
end $$;

-- Commands ------------------------------------------------------------------------------------------------------------------
-- A command under way: who gives it, in what role, and where the log stood when it began.
create type private.command as (
  session_id uuid, command_id uuid, kind text, body_hash bytea,
  me uuid, name text, role text, muted_until timestamptz, is_newcomer boolean,
  from_seq bigint, requests_open boolean,
  -- Set where the same command was acknowledged before.
  done boolean, done_seq bigint
);

-- Who the caller is in a session, or a refusal that tells an outsider of a private one nothing.
create function private.refuse_outsider(p_session public.dj_sessions, p_me uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from public.session_bans where session_id = p_session.id and user_id = p_me) then
    perform private.refuse('banned');
  end if;
  perform private.refuse(case when p_session.visibility = 'private' then 'not_found' else 'not_allowed' end);
end $$;

-- How fast a person may go, and how fast all the fresh guests of a session together, who may be one person's flood.
create function private.limit_command(c private.command) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_is_staff boolean := c.role <> 'listener';
begin
  case c.kind
    when 'chat.send' then
      perform private.limit_rate(c.me, 'chat', case when v_is_staff then 100 else 20 end, '30 seconds');
      if c.is_newcomer then perform private.limit_rate(c.session_id, 'newcomers chat', 60, '10 seconds'); end if;
    when 'react' then
      perform private.limit_rate(c.me, 'react', 10, '5 seconds');
      if c.is_newcomer then perform private.limit_rate(c.session_id, 'newcomers react', 300, '10 seconds'); end if;
    when 'queue.add' then
      perform private.limit_rate(c.me, 'ask', case when v_is_staff then 50 else 5 end, '10 seconds');
      if c.is_newcomer then perform private.limit_rate(c.session_id, 'newcomers ask', 30, '10 seconds'); end if;
    when 'queue.vote' then
      perform private.limit_rate(c.me, 'vote', 30, '10 seconds');
      if c.is_newcomer then perform private.limit_rate(c.session_id, 'newcomers vote', 300, '10 seconds'); end if;
    else
      perform private.limit_rate(c.me, 'command', 100, '10 seconds');
  end case;
end $$;

-- Who gives a command, without locking anything: enough for what is not logged and cannot collide.
create function private.open_member_command(
  p_session_id uuid, p_command_id uuid, p_kind text, p_permission text
) returns private.command
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_me uuid := private.me();
  v_session public.dj_sessions;
begin
  if p_command_id is null then perform private.refuse('invalid_input', '{"field": "commandId"}'); end if;
  select * into v_session from public.dj_sessions where id = p_session_id;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  select m.role, m.muted_until, p.display_name,
    m.role = 'listener' and p.is_guest and m.joined_at > now() - interval '10 minutes'
  into c.role, c.muted_until, c.name, c.is_newcomer
  from public.session_members m join public.profiles p on p.id = m.user_id
  where m.session_id = p_session_id and m.user_id = v_me;
  if not found then perform private.refuse_outsider(v_session, v_me); end if;

  c.session_id := p_session_id;
  c.command_id := p_command_id;
  c.kind := p_kind;
  c.me := v_me;
  c.from_seq := v_session.seq;
  c.requests_open := v_session.requests_open;
  c.done := false;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;
  if not private.is_allowed(c.role, p_permission) then perform private.refuse('not_allowed'); end if;
  perform private.limit_command(c);
  return c;
end $$;

-- Opens a command that is logged: locks the session, so that everything after it is alone, and recognises a repeat.
create function private.open_command(
  p_session_id uuid, p_command_id uuid, p_kind text, p_permission text, p_body jsonb default '[]'
) returns private.command
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_hash bytea := sha256(convert_to(p_kind || p_body::text, 'utf8'));
  v_known private.session_commands;
begin
  perform from public.dj_sessions where id = p_session_id for no key update;
  select * into v_known from private.session_commands
  where session_id = p_session_id and actor = private.me() and command_id = p_command_id;
  if v_known.command_id is not null then
    if not exists (select from public.session_members where session_id = p_session_id and user_id = v_known.actor) then
      perform private.refuse('banned');
    end if;
    if v_known.body_hash <> v_hash then perform private.refuse('command_conflict'); end if;
    c.command_id := p_command_id;
    c.done := true;
    c.done_seq := v_known.seq;
    return c;
  end if;
  c := private.open_member_command(p_session_id, p_command_id, p_kind, p_permission);
  c.body_hash := v_hash;
  return c;
end $$;

create function private.command_event(c private.command, p_kind text, p_payload jsonb) returns bigint
language sql security definer set search_path = ''
return private.append_event(c.session_id, p_kind, p_payload, c.me, c.command_id);

-- Closes a command: remembers it, tells the room what it changed, answers the acknowledgement.
create function private.acknowledge(c private.command, p_state jsonb default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_seq bigint := c.done_seq;
begin
  if not c.done then
    select nullif(seq, c.from_seq) into v_seq from public.dj_sessions where id = c.session_id;
    insert into private.session_commands (session_id, actor, command_id, body_hash, seq)
    values (c.session_id, c.me, c.command_id, c.body_hash, v_seq);
    perform private.touch_member(c.session_id, c.me);
    if v_seq is not null or p_state is not null then
      perform private.send(c.session_id, private.envelope(c.session_id, c.from_seq, p_state));
    end if;
  end if;
  return jsonb_build_object('commandId', c.command_id, 'seq', v_seq);
end $$;
