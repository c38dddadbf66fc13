-- Chat and reactions.

create table public.messages (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.dj_sessions on delete cascade,
  -- Its event in the log; orders the chat.
  seq bigint not null,
  author_id uuid not null references public.profiles on delete cascade,
  text text not null check (char_length(text) between 1 and 500),
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
create unique index messages_session_id_idx on public.messages (session_id, seq);
create index messages_author_id_idx on public.messages (author_id);
alter table public.messages enable row level security;
create policy "Members read the chat" on public.messages
  for select to authenticated
  using (removed_at is null and session_id in (select private.my_session_ids()));
grant select on public.messages to authenticated;

-- The message has the id of its command: its author's client knows it again wherever it meets it.
create function private.send_message(p_session_id uuid, p_command_id uuid, p_text text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_text text := private.clean_message(p_text);
  v_seq bigint;
  -- One instant for the event and the row, so that everybody reads the same.
  v_at timestamptz;
begin
  c := private.open_command(p_session_id, p_command_id, 'chat.send', 'chat', jsonb_build_array(p_text));
  if c.done then return private.acknowledge(c); end if;
  if c.muted_until > now() then
    perform private.refuse('muted', jsonb_build_object('retryAfterInMs',
      case when isfinite(c.muted_until) then private.to_ms(c.muted_until) - private.now_ms() end));
  end if;
  -- A message of nothing but joiners and selectors shows as nothing.
  if char_length(v_text) > 500 or private.clean_line(v_text, 500) = '' then
    perform private.refuse('invalid_input', '{"field": "text"}');
  end if;
  v_at := clock_timestamp();
  v_seq := private.command_event(c, 'chat.sent', jsonb_build_object(
    'id', p_command_id, 'authorId', c.me, 'authorName', c.name, 'text', v_text, 'at', private.to_ms(v_at)));
  insert into public.messages (id, session_id, seq, author_id, text, created_at)
  values (p_command_id, c.session_id, v_seq, c.me, v_text, v_at) on conflict (id) do nothing;
  if not found then perform private.refuse('command_conflict'); end if;
  return private.acknowledge(c);
end $$;

-- By its author, or by who moderates. The text leaves the log too: nobody who catches up later reads it.
create function private.remove_message(p_session_id uuid, p_command_id uuid, p_message_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_message public.messages;
begin
  c := private.open_command(p_session_id, p_command_id, 'chat.remove', 'chat', jsonb_build_array(p_message_id));
  if c.done then return private.acknowledge(c); end if;
  select * into v_message from public.messages where id = p_message_id and session_id = c.session_id;
  if v_message.id is null then perform private.refuse('not_found'); end if;
  if v_message.author_id <> c.me and not private.is_allowed(c.role, 'moderate') then
    perform private.refuse('not_allowed');
  end if;
  if v_message.removed_at is null then
    update public.messages set removed_at = now(), text = '␡' where id = v_message.id;
    update public.session_events set payload = payload || '{"text": ""}'
    where session_id = c.session_id and seq = v_message.seq;
    perform private.command_event(c, 'chat.removed', jsonb_build_object('messageId', v_message.id));
  end if;
  return private.acknowledge(c);
end $$;

-- At most once, never logged: an envelope of its own, which transports may add up.
create function private.react(p_session_id uuid, p_command_id uuid, p_emoji text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
begin
  if p_emoji is null or p_emoji not in ('🔥', '❤️', '🙌', '😂', '🎉', '👏') then
    perform private.refuse('invalid_input', '{"field": "emoji"}');
  end if;
  c := private.open_member_command(p_session_id, p_command_id, 'react', 'react');
  perform private.send(c.session_id, private.state_envelope(c.session_id, null)
    || jsonb_build_object('reactions', jsonb_build_object(p_emoji, 1)));
  return jsonb_build_object('commandId', c.command_id, 'seq', null);
end $$;
