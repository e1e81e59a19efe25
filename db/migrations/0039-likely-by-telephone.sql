-- A young person who is referred again often has the same telephone: the number at which a provider reaches them, as
-- service.referral.phone_key writes the one that a referrer gave.
alter table service.safe_contact add column phone_key text generated always as (
  regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^(\+|00)44(\(?0\)?)?', '0')) stored;
alter table history.safe_contact add column phone_key text;
select homeward.refresh_as_at('safe_contact');
create index safe_contact_phone on service.safe_contact (phone_key) where phone_key <> '';
