"""Registers the Milestones pages with Airflow. Every Airflow process imports this file, so it imports nothing of weight itself."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """The application behind /milestones, made at its first request."""
    from milestones.airflow.pages import application  # noqa: PLC0415  # see above

    await application()(scope, receive, send)


class MilestonesPlugin(AirflowPlugin):
    """A page in the navigation."""

    name = "milestones"
    fastapi_apps = [{"name": "Milestones", "app": pages, "url_prefix": "/milestones"}]  # noqa: RUF012  # Airflow reads plain class attributes
    external_views = [{"name": "Milestones", "href": "/milestones/", "destination": "nav", "url_route": "milestones"}]  # noqa: RUF012  # the same
