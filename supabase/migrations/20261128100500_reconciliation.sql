-- Whether the books, the tips and the provider agree, for `npm run reconcile`.

-- {accounts: the sum of each; tips: how many in each state; mismatches: tips whose entries are not what the tip says;
-- discrepancies: what was refused of the provider's word}. Of test and live mode apart.
create function private.ledger_summary() returns jsonb
language sql stable security definer set search_path = ''
as $$
  with posted as (
    select t.tip_id, e.account, e.currency, sum(e.amount)::bigint as amount
    from private.ledger_transactions t join private.ledger_entries e on e.transaction_id = t.id
    group by t.tip_id, e.account, e.currency
  ), expected as (
    select t.id as tip_id, b.account, b.currency, sum(b.amount)::bigint as amount
    from public.tips t cross join lateral private.tip_balances(t) b
    group by t.id, b.account, b.currency
  )
  select jsonb_build_object(
    'accounts', (
      select coalesce(jsonb_agg(to_jsonb(a) order by a.livemode, a.currency, a.account), '[]')
      from (
        select t.livemode, p.currency, p.account, sum(p.amount) as amount
        from posted p join public.tips t on t.id = p.tip_id
        group by t.livemode, p.currency, p.account
      ) a),
    'tips', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.livemode, c.status), '[]')
      from (select livemode, status, count(*) as count from public.tips group by livemode, status) c),
    'mismatches', (
      select coalesce(jsonb_agg(distinct tip_id), '[]')
      from (select * from posted where amount <> 0) p
      full join (select * from expected where amount <> 0) x using (tip_id, account, currency)
      where p.amount is distinct from x.amount),
    'discrepancies', (
      select coalesce(jsonb_agg(jsonb_build_object('tipId', d.tip_id, 'fields', d.fields, 'times', d.times,
        'lastAt', private.to_ms(d.last_at)) order by d.last_at desc), '[]')
      from (select * from private.tip_discrepancies order by last_at desc limit 100) d))
$$;

create function public.ledger_summary() returns jsonb language sql stable set search_path = ''
return private.ledger_summary();

revoke all on function private.ledger_summary, public.ledger_summary from public, anon, authenticated, service_role;
grant execute on function private.ledger_summary, public.ledger_summary to service_role;
