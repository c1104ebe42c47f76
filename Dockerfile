# One image for every Airflow component and for the command line. Everything comes from the hashed lock; nothing runs as root.
FROM python:3.12-slim-bookworm

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/milestones/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/milestones/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False \
    AIRFLOW__LOGGING__NAMESPACE_LEVELS="great_expectations=WARNING alembic=WARNING" \
    GX_ANALYTICS_ENABLED=false \
    MILESTONES_HOME=/var/lib/milestones

# The charts of mails are labelled in Chinese too.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/milestones
COPY requirements.txt ./
RUN pip install --require-hashes --no-deps -r requirements.txt

COPY . ./
# The named volumes take the owner of these folders when they are made.
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --uid 50000 --gid 0 --home-dir /opt/airflow --create-home airflow \
    && install -d -o airflow -g 0 /opt/airflow /opt/airflow/logs /var/lib/milestones

USER airflow
CMD ["milestones", "--help"]
