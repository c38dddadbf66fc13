-- What is asked for is counted before Supabase Auth is asked, what was sent only once it is. Where nothing goes out, the
-- last code stays as void as it was, and no text message is counted.

-- Lets one more code be asked for, or refuses: a minute between two to an address, six an hour; sixty an hour from one
-- network address, which the guests of a venue share; and text messages up to the day's budget (null: without one). Those
-- that are on their way at the same time may exceed it by as many.
create or replace function private.count_code(p_channel text, p_address text, p_network text, p_texts_a_day int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_subject uuid := private.counted_subject(p_address);
begin
  perform private.limit_rate(v_subject, 'code_pause', 1, '1 minute');
  perform private.limit_rate(v_subject, 'code', 6, '1 hour');
  perform private.limit_rate(private.counted_subject(coalesce(p_network, '')), 'code_network', 60, '1 hour');
  if p_channel = 'phone' and p_texts_a_day <= coalesce(
    (select sent from private.text_messages where day = (now() at time zone 'utc')::date), 0)
  then
    perform private.refuse('texts_spent');
  end if;
  return jsonb_build_object('resendAfterInMs', 60000);
end $$;

-- A code went out: it has its five tries ahead of it, and a text message was spent.
create function private.count_sent_code(p_channel text, p_address text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if p_channel = 'phone' then
    insert into private.text_messages as m (day, sent) values ((now() at time zone 'utc')::date, 1)
    on conflict (day) do update set sent = m.sent + 1;
  end if;
  delete from private.rate_counters where subject = private.counted_subject(p_address) and kind = 'code_tries';
  return '{}';
end $$;

-- Nothing went out: whoever now asks for something else there need not wait for it.
create function private.forget_code_pause(p_address text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.rate_counters where subject = private.counted_subject(p_address) and kind = 'code_pause';
  return '{}';
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.count_sent_code(p_channel text, p_address text) returns jsonb language sql volatile set search_path = ''
return private.count_sent_code(p_channel, p_address);

create function public.forget_code_pause(p_address text) returns jsonb language sql volatile set search_path = ''
return private.forget_code_pause(p_address);

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.count_sent_code, private.forget_code_pause, public.count_sent_code, public.forget_code_pause
from public, anon, authenticated, service_role;
grant execute on function
  private.count_sent_code, private.forget_code_pause, public.count_sent_code, public.forget_code_pause
to service_role;
