-- What was asked for, what people voted, and the timeline it becomes.

-- Queue items -----------------------------------------------------------------------------------------------------------
-- waiting -> (scheduled: committed as the next) -> playing -> played; or removed.
create table public.queue_items (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.dj_sessions on delete cascade,
  track_id uuid not null references public.tracks on delete cascade,
  added_by uuid not null references public.profiles on delete cascade,
  -- To the millisecond: clients order by the same value.
  added_at timestamptz(3) not null default clock_timestamp(),
  status text not null default 'waiting' check (status in ('waiting', 'scheduled', 'playing', 'played', 'removed')),
  -- The DJ's own place for it; null leaves it to the votes.
  pinned_order int,
  -- The turn that its person used up by it; null where it took none (pinned, or picked by the DJ out of order).
  round int,
  -- Kept by a trigger on queue_votes.
  votes int not null default 0
) with (fillfactor = 70);
create index queue_items_open_idx on public.queue_items (session_id, status) where status in ('waiting', 'scheduled', 'playing');
create index queue_items_session_id_idx on public.queue_items (session_id, track_id);
create index queue_items_turns_idx on public.queue_items (session_id, added_by, round) where round is not null;
create index queue_items_track_id_idx on public.queue_items (track_id);
create index queue_items_added_by_idx on public.queue_items (added_by);
create unique index queue_items_once_idx on public.queue_items (session_id, track_id) where status in ('waiting', 'scheduled');
alter table public.queue_items enable row level security;
create policy "Members see the queue" on public.queue_items
  for select to authenticated using (session_id in (select private.my_session_ids()));
grant select on public.queue_items to authenticated;

-- Votes: a set of (item, person). ----------------------------------------------------------------------------------------
create table public.queue_votes (
  item_id uuid not null references public.queue_items on delete cascade,
  user_id uuid not null references public.profiles on delete cascade,
  created_at timestamptz not null default now(),
  primary key (item_id, user_id)
);
create index queue_votes_user_id_idx on public.queue_votes (user_id);
alter table public.queue_votes enable row level security;
create policy "People see their own votes" on public.queue_votes
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.queue_votes to authenticated;

-- However a vote comes or goes (also with its account), the count follows.
create function private.count_vote() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    update public.queue_items set votes = votes + 1 where id = new.item_id;
  else
    update public.queue_items set votes = votes - 1 where id = old.item_id;
  end if;
  return null;
end $$;
create trigger count_vote after insert or delete on public.queue_votes
  for each row execute function private.count_vote();

-- The order of the queue -------------------------------------------------------------------------------------------------
-- The same order as lib/domain/queue/order-queue.ts; order-queue.cases.json tests both.
create function private.ordered_queue(p_session_id uuid) returns table (item_id uuid, round int, place bigint)
language sql stable set search_path = ''
as $$
  with turns as (
    select added_by, max(round) as last_round from public.queue_items
    where session_id = p_session_id and round is not null group by added_by
  ),
  now_in as (select coalesce(max(last_round), 0) as round from turns),
  waiting as (
    select i.*, row_number() over (
      partition by i.added_by, i.pinned_order is null order by i.votes desc, i.added_at, i.id) - 1 as given
    from public.queue_items i where i.session_id = p_session_id and i.status = 'waiting'
  ),
  in_rounds as (
    select w.id, w.pinned_order, w.votes, w.added_at,
      case when w.pinned_order is not null then n.round
        else greatest(n.round, coalesce(t.last_round, 0) + 1) + w.given::int end as round
    from waiting w cross join now_in n left join turns t on t.added_by = w.added_by
  )
  select id, round, row_number() over (order by pinned_order nulls last, round, votes desc, added_at, id)
  from in_rounds
$$;

-- The timeline -----------------------------------------------------------------------------------------------------------
-- Semantics of lib/domain/timeline. While paused, a committed next item keeps its place but has no start.
create table public.playback (
  session_id uuid primary key references public.dj_sessions on delete cascade,
  status text not null default 'idle' check (status in ('idle', 'paused', 'playing')),
  -- Rises with every change.
  rev bigint not null default 0,
  current_item_id uuid references public.queue_items on delete set null,
  current_duration_ms int,
  current_starts_at_ms bigint,
  paused_position_ms int,
  next_item_id uuid references public.queue_items on delete set null,
  next_duration_ms int,
  next_starts_at_ms bigint,
  -- Whether the DJ pressed play and has not ended: a queue that ran dry goes on with the next song asked for.
  goes_on boolean not null default false,
  -- The DJ's lease (a fencing token), and what the holder's player last said.
  lease_id uuid,
  lease_holder uuid references public.profiles on delete set null,
  present_until timestamptz,
  dj_rev bigint not null default 0,
  dj_position_ms float8,
  dj_at_ms float8,
  spoke_at timestamptz not null default now()
) with (fillfactor = 70);
create index playback_current_item_id_idx on public.playback (current_item_id);
create index playback_next_item_id_idx on public.playback (next_item_id);
create index playback_lease_holder_idx on public.playback (lease_holder);
create index playback_playing_idx on public.playback (session_id) where status = 'playing';
-- Clients read it through snapshots and envelopes alone.
alter table public.playback enable row level security;

-- How they travel (lib/protocol/session-state.ts, playback.ts) -------------------------------------------------------------
create function private.queue_item_json(p_item_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', i.id, 'track', private.track_json(t), 'addedBy', i.added_by, 'addedByName', p.display_name,
    'addedAt', private.to_ms(i.added_at), 'pinnedOrder', i.pinned_order)
  from public.queue_items i join public.tracks t on t.id = i.track_id join public.profiles p on p.id = i.added_by
  where i.id = p_item_id
$$;

create function private.turns_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('currentRound', coalesce(max(last_round), 0),
    'lastRoundByPerson', coalesce(jsonb_object_agg(added_by, last_round), '{}'))
  from (
    select added_by, max(round) as last_round from public.queue_items
    where session_id = p_session_id and round is not null group by added_by
  ) turns
$$;

create function private.tallies_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('rev', s.tallies_rev, 'votes', coalesce(
    (select jsonb_object_agg(i.id, i.votes) from public.queue_items i
     where i.session_id = s.id and i.status = 'waiting' and i.votes > 0), '{}'))
  from public.dj_sessions s where s.id = p_session_id
$$;

create function private.slot_json(p_item_id uuid, p_duration_ms int, p_starts_at_ms bigint) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('itemId', i.id, 'trackId', i.track_id, 'durationInMs', p_duration_ms)
    || case when p_starts_at_ms is null then '{}' else jsonb_build_object('startsAtInMs', p_starts_at_ms) end
  from public.queue_items i where i.id = p_item_id
$$;

create function private.playback_json(p public.playback) returns jsonb
language sql stable set search_path = ''
return case
  when p.status = 'idle' or p.current_item_id is null then jsonb_build_object('status', 'idle', 'rev', p.rev)
  when p.status = 'paused' then jsonb_build_object('status', 'paused', 'rev', p.rev,
    'current', private.slot_json(p.current_item_id, p.current_duration_ms, null), 'positionInMs', p.paused_position_ms)
  else jsonb_build_object('status', 'playing', 'rev', p.rev,
    'current', private.slot_json(p.current_item_id, p.current_duration_ms, p.current_starts_at_ms),
    'next', private.slot_json(p.next_item_id, p.next_duration_ms, p.next_starts_at_ms))
end;

create function private.dj_json(p public.playback) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('rev', p.dj_rev, 'presentUntil', private.to_ms(p.present_until), 'positionInMs', p.dj_position_ms);

-- All of the state of which only the latest counts.
create function private.state_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('playback', private.playback_json(p), 'tallies', private.tallies_json(p_session_id),
    'dj', private.dj_json(p))
  from public.playback p where p.session_id = p_session_id
$$;
