-- Tips that nobody hears of any more: an event that never came loses nothing.

create index tips_unsettled_idx on public.tips (begun_at) where status in ('begun', 'open');

-- Claims tips of which it is not known yet whether they were paid, for a look-up: the first time two minutes after they were
-- begun, later each time after half as long again. A page is open for a day, so the last look is within two. A tip for which no
-- page was found by then has none. No two claimers get the same; what one dies of is due again.
-- Answers [{tipId, checkoutId, begunAt}]; without a page where the answer that told of it was lost.
create function private.claim_due_tips(p_livemode boolean, p_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_claimed jsonb;
begin
  update public.tips set status = 'expired' where status = 'begun' and begun_at < v_now - interval '2 days';
  with due as (
    select id from public.tips
    where livemode = p_livemode and status in ('begun', 'open') and v_now >= coalesce(looked_up_at, begun_at)
      + greatest(interval '2 minutes', (coalesce(looked_up_at, begun_at) - begun_at) / 2)
    order by begun_at limit least(p_max, 100)
    for no key update skip locked
  ), claimed as (
    update public.tips t set looked_up_at = v_now from due where t.id = due.id
    returning t.id, t.checkout_id, t.begun_at
  )
  select jsonb_agg(jsonb_build_object('tipId', id, 'checkoutId', checkout_id, 'begunAt', private.to_ms(begun_at))
    order by begun_at)
  into v_claimed from claimed;
  return coalesce(v_claimed, '[]');
end $$;

create function public.claim_due_tips(p_livemode boolean, p_max int) returns jsonb language sql volatile set search_path = ''
return private.claim_due_tips(p_livemode, p_max);

-- Every hour: what only mattered for a while. An event may be sent again by hand for thirty days; after them its look-up, if there
-- is one, changes nothing that is not so.
create or replace function private.tidy_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_counters int;
  v_commands int;
  v_reports int;
  v_signs int;
  v_events int;
begin
  delete from private.rate_counters where window_started_at < now() - interval '2 hours';
  get diagnostics v_counters = row_count;
  delete from private.session_commands where at < now() - interval '1 day';
  get diagnostics v_commands = row_count;
  delete from private.listening_reports where reported_at < now() - interval '1 hour';
  get diagnostics v_reports = row_count;
  delete from private.signs_of_life where counts_until < now() - interval '1 hour';
  get diagnostics v_signs = row_count;
  delete from private.stripe_events where at < now() - interval '30 days';
  get diagnostics v_events = row_count;
  return v_counters + v_commands + v_reports + v_signs + v_events;
end $$;

revoke all on function private.claim_due_tips, public.claim_due_tips from public, anon, authenticated, service_role;
grant execute on function private.claim_due_tips, public.claim_due_tips to service_role;
