-- The rights of one service's two roles. :"…" and :'…' are psql's variables: owner, app, ownerPassword, appPassword,
-- database. The local stack and the tests fill them in themselves, so that all of them run with the same rights.

-- Owns the tables and migrates them.
alter role :"owner" with login nosuperuser nocreatedb nocreaterole nobypassrls password :'ownerPassword';

-- Runs the service. It owns nothing, so row-level security holds for it and it cannot switch it off.
alter role :"app" with login nosuperuser nocreatedb nocreaterole nobypassrls password :'appPassword';
-- A woken zombie, a forgotten transaction or a lock that nobody gives back ends by itself.
alter role :"app" set statement_timeout = '30s';
alter role :"app" set lock_timeout = '10s';
alter role :"app" set idle_in_transaction_session_timeout = '15s';

alter database :"database" owner to :"owner";
revoke all on database :"database" from public;
grant connect, temporary on database :"database" to :"app";
