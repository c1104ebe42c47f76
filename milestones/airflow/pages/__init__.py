"""The Milestones pages: a small web application inside Airflow's api-server, behind Airflow's login."""

from milestones.airflow.pages.app import application

__all__ = ["application"]
