-- Buckets and policies for the conformance tests of Storage.
insert into storage.buckets (id, name, public) values
  ('albums', 'albums', true),
  ('own-folders', 'own-folders', false),
  ('drop-box', 'drop-box', false);
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('small-audio', 'small-audio', true, 1000, array['audio/*', 'image/png']);

create policy "people fill public buckets" on storage.objects for all to authenticated
  using (bucket_id in ('albums', 'small-audio') and owner_id = auth.uid()::text)
  with check (bucket_id in ('albums', 'small-audio') and owner_id = auth.uid()::text);

create policy "people see their folder" on storage.objects for select to authenticated
  using (bucket_id = 'own-folders' and (storage.foldername(name))[1] = auth.uid()::text);
create policy "people fill their folder" on storage.objects for insert to authenticated
  with check (bucket_id = 'own-folders' and (storage.foldername(name))[1] = auth.uid()::text);
create policy "people change their folder" on storage.objects for update to authenticated
  using (bucket_id = 'own-folders' and (storage.foldername(name))[1] = auth.uid()::text);
create policy "people clear their folder" on storage.objects for delete to authenticated
  using (bucket_id = 'own-folders' and (storage.foldername(name))[1] = auth.uid()::text);

-- Who drops something here cannot see it afterwards.
create policy "people drop files" on storage.objects for insert to authenticated
  with check (bucket_id = 'drop-box');
