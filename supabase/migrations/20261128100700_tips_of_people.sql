-- What DJs see of their tips, what people take along of them, and what is left of them when somebody goes.

-- For the DJ ---------------------------------------------------------------------------------------------------------
-- Tips that were paid, the newest first, fifty at once: those that were paid before the given one. Who was anonymous has no
-- name here either, and the blocked have no words. The net is what the DJ has of it.
create function private.received_tips(p_before_tip_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('tipId', t.id, 'sessionId', t.session_id,
      'name', case when not t.is_anonymous then p.display_name end,
      'amount', t.amount, 'currency', t.currency, 'refundedAmount', t.refunded_amount,
      'netAmount', t.amount - t.transfer_reversed_amount - t.fee_amount + t.fee_refunded_amount,
      'dispute', t.dispute,
      'message', case when b.blocker_id is null then t.message end,
      'livemode', t.livemode, 'paidAt', private.to_ms(t.paid_at)) order by t.paid_at desc, t.id desc), '[]')
    from (
      select * from public.tips
      where dj_id = v_me and status >= 'paid' and (p_before_tip_id is null
        or (paid_at, id) < (select b.paid_at, b.id from public.tips b where b.id = p_before_tip_id and b.dj_id = v_me))
      order by paid_at desc, id desc limit 50
    ) t
    left join public.profiles p on p.id = t.tipper_id
    left join public.blocks b on b.blocker_id = v_me and b.blocked_id = t.tipper_id);
end $$;

-- One object a currency, of test and live mode apart: {currency, livemode, tips: how many, amount, fees, refunds, net}. The
-- net is what the DJ got: the amount without fees and refunds. Of refunds counts what was taken back from the DJ.
create function private.dj_tip_totals() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('net', s.amount - s.fees - s.refunds)
      order by s.livemode desc, s.tips desc, s.currency), '[]')
    from (
      select currency, livemode, count(*) as tips, sum(amount) as amount,
        sum(fee_amount - fee_refunded_amount) as fees, sum(transfer_reversed_amount) as refunds
      from public.tips where dj_id = v_me and status >= 'paid' group by currency, livemode
    ) s);
end $$;

create function public.received_tips(p_before_tip_id uuid default null) returns jsonb language sql stable set search_path = ''
return private.received_tips(p_before_tip_id);

create function public.dj_tip_totals() returns jsonb language sql stable set search_path = ''
return private.dj_tip_totals();

-- An account that goes -----------------------------------------------------------------------------------------------
-- The tip stays in the books with nobody's name and words, here, in the session's log and in what its DJ was not told yet. Fires
-- after `erase_traces`, which locks the sessions: a payment that is just being applied is waited for, and its event is seen.
create function private.erase_traces_of_tips() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_ids text[];
begin
  with erased as (
    update public.tips set tipper_id = null, message = null where tipper_id = old.id returning id
  )
  select array_agg(id::text) into v_ids from erased;
  delete from private.notifications where kind = 'tip_received' and event_id = any (v_ids::uuid[]);
  update public.session_events e set payload = e.payload || '{"giverId": null, "name": null, "message": null}'
  where e.kind = 'tip.received' and e.payload ->> 'tipId' = any (v_ids)
    and e.session_id in (select session_id from public.tips where id = any (v_ids::uuid[]));
  return old;
end $$;
create trigger erase_traces_of_tips before delete on public.profiles
  for each row execute function private.erase_traces_of_tips();

-- Taking one's data along, as before: also what one tipped and got, and the state of one's account at the provider.
create or replace function private.export_my_data() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return private.export_account() || jsonb_build_object(
    'notificationSettings', private.notification_settings(),
    'pushDevices', (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'channel', d.channel, 'locale', d.locale,
        'addedAt', d.added_at) order by d.added_at), '[]')
      from private.push_devices d where d.user_id = v_me),
    'notifications', (
      select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'eventId', n.event_id, 'dueAt', n.due_at,
        'settledAt', n.settled_at) order by n.due_at), '[]')
      from private.notifications n where n.user_id = v_me),
    'tips', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'destination' order by t.begun_at), '[]')
      from public.tips t where t.tipper_id = v_me),
    'receivedTips', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'destination' - 'tipper_id' - 'message' order by t.paid_at), '[]')
      from public.tips t where t.dj_id = v_me and t.status >= 'paid'),
    'paymentAccount', (select to_jsonb(a) - 'account_id' from public.dj_payment_accounts a where a.user_id = v_me));
end $$;

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.received_tips, private.dj_tip_totals, private.erase_traces_of_tips, public.received_tips, public.dj_tip_totals
from public, anon, authenticated, service_role;
grant execute on function
  private.received_tips, private.dj_tip_totals, public.received_tips, public.dj_tip_totals
to authenticated;
