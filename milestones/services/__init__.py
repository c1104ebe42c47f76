"""Use cases, written against ports. Nothing here knows Airflow, SQL or HTTP."""
