-- What was said in a session is kept by Supabase Realtime for some days, to be told again to whoever joins a channel. An
-- account that goes takes that along too. What is on its way is on its way: messages are delivered from the write-ahead log.
create function private.erase_broadcasts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tracks text[] := array(select '%' || id || '%' from public.tracks where owner_id = old.id);
  v_sessions text[] := array(select 'session:' || id || '%' from public.dj_sessions where dj_id = old.id);
begin
  delete from realtime.messages
  where payload::text like any (v_tracks || ('%' || old.id || '%')) or topic like any (v_sessions || ('%' || old.id || '%'));
  return old;
end $$;
create trigger erase_traces_of_broadcasts before delete on public.profiles
  for each row execute function private.erase_broadcasts();

revoke all on function private.erase_broadcasts from public, anon, authenticated, service_role;
