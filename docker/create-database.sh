#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the portal's role owns its database and is
# no superuser.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres <<'SQL'
\set password `cat /run/secrets/database_password`
create role plimsoll login password :'password';
create database plimsoll owner plimsoll;
SQL
