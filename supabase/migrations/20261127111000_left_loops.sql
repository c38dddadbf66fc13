-- A loop holds its track for as long as it lasts. Whoever set it may be gone for good: a closed laptop would leave a room with the
-- same bars for the rest of the night. So a loop that nobody looks after is left, and the queue goes on.

-- Nobody has held the lease for a minute, and the loop has led back for as long. (Its first jump is where it began to.)
create function private.is_loop_abandoned(p public.playback) returns boolean
language sql stable set search_path = ''
return p.status = 'playing' and p.loop_end_ms is not null
  and greatest(coalesce(private.to_ms(p.present_until), 0), p.loop_jumps_at_ms) + 60000 < private.now_ms();
revoke all on function private.is_loop_abandoned from public, anon, authenticated, service_role;

-- As before; a loop that nobody looks after is left.
create or replace function private.after_queue_change(p_session_id uuid, p_dropped_item_id uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_old public.playback := private.lock_playback(p_session_id);
  p public.playback := v_old;
begin
  if p.next_item_id = p_dropped_item_id then p := private.forget_next(p); end if;
  if private.is_loop_abandoned(p) then p := private.unlooped(p); end if;
  p := private.settled(p);
  if p.status = 'idle' and p.goes_on then
    p := private.begun(p, null, private.now_ms() + private.start_lead_ms(), null, null);
  else
    p := private.with_next(p, null, null);
  end if;
  return private.save_playback(v_old, p);
end $$;

-- Every second, as before: also where a loop is to be left.
create or replace function private.advance_due_sessions() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_session record;
  v_state jsonb;
  v_advanced int := 0;
begin
  for v_session in
    select s.id, s.seq from public.playback p join public.dj_sessions s on s.id = p.session_id
    where p.status = 'playing' and (
      p.current_item_id is null
      or private.ends_at_ms(p) <= private.now_ms()
      or private.is_loop_abandoned(p)
      or (p.next_item_id is null and p.loop_end_ms is null
        and private.track_ends_at_ms(p) <= private.now_ms() + private.commit_ahead_ms() + s.crossfade_ms
        and exists (select from public.queue_items i where i.session_id = p.session_id and i.status = 'waiting')))
    order by private.ends_at_ms(p) nulls first
    limit 200
    for no key update of s skip locked
  loop
    begin
      v_state := private.after_queue_change(v_session.id);
      if v_state is not null then
        perform private.send(v_session.id, private.envelope(v_session.id, v_session.seq, v_state));
        v_advanced := v_advanced + 1;
      end if;
    exception when others then
      raise warning 'advance_due_sessions: session %: %', v_session.id, sqlerrm;
    end;
  end loop;
  return v_advanced;
end $$;
