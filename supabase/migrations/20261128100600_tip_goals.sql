-- What a session collects for, and what came of it.

-- Both null: no goal.
alter table public.dj_sessions
  add column tip_goal_amount bigint check (tip_goal_amount > 0),
  add column tip_goal_currency text,
  add constraint dj_sessions_tip_goal_check check ((tip_goal_amount is null) = (tip_goal_currency is null));

-- Everybody sees the goal, as a part of the session.
create or replace function private.session_json(s public.dj_sessions) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object(
  'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
  'artworkPath', s.artwork_path, 'djId', s.dj_id, 'requestsOpen', s.requests_open, 'crossfadeInMs', s.crossfade_ms,
  'startedAt', private.to_ms(s.started_at),
  'tipGoal', case when s.tip_goal_amount is not null then
    jsonb_build_object('amount', s.tip_goal_amount, 'currency', s.tip_goal_currency) end);

update public.session_events set payload = payload || '{"tipGoal": null}'
where kind = 'session.changed' and not payload ? 'tipGoal';

-- The part of a session's state that tells what its tips come to: {tipFigures: {currency, raised, top: [{userId, name, amount}]}},
-- or {} before there are tips or a goal. The currency is the goal's, else the one that most tips had. `raised` counts every tip
-- that was paid and kept, and is told only where there is a goal: it would give away amounts that are not shown. `top` are the
-- three who gave most, of what they show; who was banned is not named. It has no `rev`: it is repeated with the state.
create function private.tip_state_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  with kept as (
    select tipper_id, currency, case when dispute = 'lost' then 0 else amount - refunded_amount end as amount,
      not is_anonymous and shows_amount as is_shown
    from public.tips where session_id = p_session_id and status >= 'paid'
  ), chosen as (
    select s.tip_goal_amount is not null as has_goal, coalesce(s.tip_goal_currency, (
      select k.currency from kept k where k.amount > 0 group by k.currency order by count(*) desc, k.currency limit 1)) as currency
    from public.dj_sessions s where s.id = p_session_id
  )
  select case when c.has_goal or exists (select from kept) then jsonb_build_object('tipFigures', jsonb_build_object(
    'currency', c.currency,
    'raised', case when c.has_goal then
      (select coalesce(sum(k.amount), 0) from kept k where k.currency = c.currency) end,
    'top', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', g.id, 'name', g.name, 'amount', g.amount)
        order by g.amount desc, g.name), '[]')
      from (
        select p.id, p.display_name as name, sum(k.amount) as amount
        from kept k join public.profiles p on p.id = k.tipper_id
        where k.currency = c.currency and k.is_shown and k.amount > 0 and not exists (
          select from public.session_bans b where b.session_id = p_session_id and b.user_id = p.id)
        group by p.id, p.display_name
        order by amount desc, name limit 3
      ) g)))
    else '{}' end
  from chosen c
$$;

-- As before, with what its tips come to.
create or replace function private.state_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('playback', private.playback_json(p), 'tallies', private.tallies_json(p_session_id),
      'dj', private.dj_json(p))
    || case when members.count > 200 then jsonb_build_object('memberCount', members.count) else '{}' end
    || private.tip_state_json(p_session_id)
  from public.playback p
  cross join (select count(*) from public.session_members where session_id = p_session_id) members
  where p.session_id = p_session_id
$$;

-- By whoever plays; without an amount there is no goal any more. At most a thousand times the largest tip.
create function private.set_tip_goal(p_session_id uuid, p_command_id uuid, p_amount bigint, p_currency text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_currency public.tip_currencies;
  v_session public.dj_sessions;
begin
  c := private.open_command(p_session_id, p_command_id, 'tip.set_goal', 'play', jsonb_build_array(p_amount, p_currency));
  if c.done then return private.acknowledge(c); end if;
  if p_amount is not null then
    select * into v_currency from public.tip_currencies where code = p_currency;
    if v_currency.code is null then perform private.refuse('invalid_input', '{"field": "currency"}'); end if;
    if p_amount not between v_currency.min_amount and v_currency.max_amount * 1000 then
      perform private.refuse('invalid_input', '{"field": "amount"}');
    end if;
  end if;
  update public.dj_sessions set tip_goal_amount = p_amount, tip_goal_currency = v_currency.code
  where id = c.session_id returning * into v_session;
  perform private.command_event(c, 'session.changed', private.session_json(v_session));
  return private.acknowledge(c, private.tip_state_json(c.session_id));
end $$;

create function public.set_tip_goal(p_session_id uuid, p_command_id uuid, p_amount bigint default null, p_currency text default null) returns jsonb language sql volatile set search_path = ''
return private.set_tip_goal(p_session_id, p_command_id, p_amount, p_currency);

revoke all on function private.tip_state_json, private.set_tip_goal, public.set_tip_goal
from public, anon, authenticated, service_role;
grant execute on function private.set_tip_goal, public.set_tip_goal to authenticated;
