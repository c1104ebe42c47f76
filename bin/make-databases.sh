#!/bin/sh
# Run by the PostgreSQL image on an empty volume: the ledger gets a database and a role of its own, so that Airflow's login cannot touch it.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$MILESTONES_DB_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE milestones LOGIN PASSWORD :'password';
CREATE DATABASE milestones OWNER milestones;
REVOKE CONNECT ON DATABASE milestones FROM PUBLIC;
SQL
