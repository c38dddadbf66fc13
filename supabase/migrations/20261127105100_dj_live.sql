-- A DJ goes live: news for their followers, where everybody may know.
create function private.notify_dj_live() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.queue_notifications(
    (select array_agg(follower_id) from public.follows where followed_id = new.dj_id),
    'dj_live', new.id, 'dj_live:' || new.dj_id, new.id,
    jsonb_build_object('slug', new.slug, 'title', new.title,
      'djName', (select display_name from public.profiles where id = new.dj_id)),
    '4 hours');
  return null;
end $$;
revoke all on function private.notify_dj_live from public, anon, authenticated, service_role;
create trigger notify_dj_live after insert on public.dj_sessions
  for each row when (new.visibility = 'public' and new.status = 'live') execute function private.notify_dj_live();
