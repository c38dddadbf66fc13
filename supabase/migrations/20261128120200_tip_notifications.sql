-- A tip was paid: news for its DJ, unless their console is open, where they see it anyway. Of several the newest counts. It belongs
-- to no session: it is still news when that is over.

alter type private.notification_kind add value 'tip_received';

create function private.notify_tip_received() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (
    select from public.playback
    where session_id = new.session_id and lease_holder = new.dj_id and present_until > clock_timestamp()) then
    return null;
  end if;
  perform private.queue_notifications(array[new.dj_id], 'tip_received', new.id, 'tip_received:' || new.dj_id, null,
    jsonb_build_object('amount', new.amount, 'currency', new.currency,
      'name', (select display_name from public.profiles where id = new.tipper_id and not new.is_anonymous),
      'title', (select title from public.dj_sessions where id = new.session_id)),
    '1 day');
  return null;
end $$;
revoke all on function private.notify_tip_received from public, anon, authenticated, service_role;
create trigger notify_tip_received after update of status on public.tips for each row
  when (old.status < 'paid' and new.status in ('paid', 'partly_refunded') and new.dj_id is not null)
  execute function private.notify_tip_received();
