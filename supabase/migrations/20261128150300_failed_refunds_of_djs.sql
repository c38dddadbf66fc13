-- As before, with whether a refund failed whose money, taken from the DJ, still lies with the platform. And the words of who is
-- anonymous stay, whomever the DJ blocks: else they would be gone exactly when the DJ blocks who gave the tip, and blocking one
-- suspect after another would tell who it was.
create or replace function private.received_tips(p_before_tip_id uuid) returns jsonb
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
      'hasFailedRefund', t.refund_failed_amount > 0 and t.transfer_reversed_amount > t.refunded_amount,
      'message', case when b.blocker_id is null then t.message end,
      'livemode', t.livemode, 'paidAt', private.to_ms(t.paid_at)) order by t.paid_at desc, t.id desc), '[]')
    from (
      select * from public.tips
      where dj_id = v_me and status >= 'paid' and (p_before_tip_id is null
        or (paid_at, id) < (select b.paid_at, b.id from public.tips b where b.id = p_before_tip_id and b.dj_id = v_me))
      order by paid_at desc, id desc limit 50
    ) t
    left join public.profiles p on p.id = t.tipper_id
    left join public.blocks b on b.blocker_id = v_me and b.blocked_id = t.tipper_id and not t.is_anonymous);
end $$;
