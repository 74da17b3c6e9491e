-- Whether an invitation was handed to the mail server: who has the link of one that was has the address, too.
alter table invites add column sent boolean not null default false;
