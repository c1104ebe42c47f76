"""Registers pages and timetable with Airflow. Every Airflow process imports this file: it imports nothing of weight itself."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

from milestones.airflow.timetable import WorkingDays

ICON = "milestones/static/icon.svg"


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """The application behind /milestones, made at its first request."""
    from milestones.airflow.pages import application  # noqa: PLC0415  # see above

    await application()(scope, receive, send)


class MilestonesPlugin(AirflowPlugin):
    """The pages in the navigation, in a tab of their own, and behind a tab of every DAG.

    Addresses are relative to the base of Airflow's document, so that they hold behind a prefix. A view without `url_route` opens a new tab,
    in a menu: at the top level Airflow 3.3 makes a button of it that leads nowhere.
    """

    name = "milestones"
    fastapi_apps = [{"name": "Milestones", "app": pages, "url_prefix": "/milestones"}]  # noqa: RUF012  # Airflow reads plain class attributes
    external_views = [  # noqa: RUF012  # the same
        {"name": "Milestones", "href": "milestones/", "destination": "nav", "url_route": "milestones", "nav_top_level": True, "icon": ICON},
        {"name": "Milestones (own tab)", "href": "milestones/", "destination": "nav", "category": "browse", "icon": ICON},
        {"name": "Milestones", "href": "milestones/dag/{DAG_ID}", "destination": "dag", "url_route": "milestones-of-dag", "icon": ICON},
    ]
    timetables = [WorkingDays]  # noqa: RUF012  # the same
