"""The only part that imports Airflow: what DAGs and plugins share."""
