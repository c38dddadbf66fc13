-- What a session collects for, and who gave most.

-- Both null: no goal.
alter table public.dj_sessions
  add column tip_goal_amount bigint check (tip_goal_amount > 0),
  add column tip_goal_currency text,
  add constraint dj_sessions_tip_goal_check check ((tip_goal_amount is null) = (tip_goal_currency is null));

-- By whoever plays; without an amount there is no goal any more. At most a thousand times the largest tip.
create function private.set_tip_goal(p_session_id uuid, p_command_id uuid, p_amount bigint, p_currency text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_currency public.tip_currencies;
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
  update public.dj_sessions set tip_goal_amount = p_amount, tip_goal_currency = v_currency.code where id = c.session_id;
  return private.acknowledge(c);
end $$;

-- {currency, goal, raised, top: [{name, amount}]} for members. The currency is the goal's, else the one that most tips had;
-- null: there were none. `raised` counts every tip that was paid and kept, and is told only where there is a goal: it would
-- give away amounts that are not shown. `top` are the three who gave most, of what they show.
create function private.session_tips(p_session_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  return (
    with kept as (
      select tipper_id, currency, amount - refunded_amount as amount, not is_anonymous and shows_amount as is_shown
      from public.tips where session_id = p_session_id and status in ('paid', 'partly_refunded') and dispute <> 'lost'
    ), chosen as (
      select coalesce(s.tip_goal_currency,
          (select k.currency from kept k group by k.currency order by count(*) desc, k.currency limit 1)) as currency,
        s.tip_goal_amount as goal
      from public.dj_sessions s where s.id = p_session_id
    )
    select jsonb_build_object(
      'currency', c.currency,
      'goal', c.goal,
      'raised', case when c.goal is not null then
        (select coalesce(sum(k.amount), 0) from kept k where k.currency = c.currency) end,
      'top', (
        select coalesce(jsonb_agg(jsonb_build_object('name', g.name, 'amount', g.amount) order by g.amount desc, g.name), '[]')
        from (
          select p.display_name as name, sum(k.amount) as amount
          from kept k join public.profiles p on p.id = k.tipper_id
          where k.currency = c.currency and k.is_shown
          group by p.id, p.display_name
          order by amount desc, name limit 3
        ) g))
    from chosen c);
end $$;

create function public.set_tip_goal(p_session_id uuid, p_command_id uuid, p_amount bigint default null, p_currency text default null) returns jsonb language sql volatile set search_path = ''
return private.set_tip_goal(p_session_id, p_command_id, p_amount, p_currency);

create function public.session_tips(p_session_id uuid) returns jsonb language sql stable set search_path = ''
return private.session_tips(p_session_id);

revoke all on function
  private.set_tip_goal, private.session_tips, public.set_tip_goal, public.session_tips
from public, anon, authenticated, service_role;
grant execute on function
  private.set_tip_goal, private.session_tips, public.set_tip_goal, public.session_tips
to authenticated;
