"""Airflow's REST API on this machine, as much of it as the embedded start needs."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode


class RestError(Exception):
    """Airflow did not answer, or refused with `status`."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class Rest:
    """One user's view of the API on 127.0.0.1. Its token holds for a day and is then asked for again."""

    port: int
    user: str
    password: str
    _token: str | None = field(default=None, repr=False)

    def healthy(self) -> dict[str, bool]:
        """Per component, whether Airflow calls it healthy; empty while the API does not answer."""
        try:
            answer = self._ask("GET", "/api/v2/monitor/health", None, {})
        except RestError:
            return {}
        return {name: (part or {}).get("status") == "healthy" for name, part in answer.items()}

    def get(self, path: str, **query: object) -> Any:
        """The JSON at /api/v2/`path`; a list among the query's values is given value by value."""
        return self._with_token("GET", f"/api/v2/{path}" + (f"?{urlencode(query, doseq=True)}" if query else ""), None)

    def post(self, path: str, body: object) -> Any:
        """What /api/v2/`path` answers to a body."""
        return self._with_token("POST", f"/api/v2/{path}", body)

    def _with_token(self, method: str, path: str, body: object) -> Any:
        try:
            return self._ask(method, path, body, self._login())
        except RestError as error:
            if error.status != 401:
                raise
            self._token = None
            return self._ask(method, path, body, self._login())

    def _login(self) -> dict[str, str]:
        if self._token is None:
            self._token = self._ask("POST", "/auth/token", {"username": self.user, "password": self.password}, {})["access_token"]
        return {"Authorization": f"Bearer {self._token}"}

    def _ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, body=content, headers={**headers, "Content-Type": "application/json", "Accept": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 400:
                told = text[:300].decode("utf-8", "replace")
                raise RestError(f"Airflow answered {answer.status} to {method} {path}: {told}", status=answer.status)
            return json.loads(text)
        except (OSError, HTTPException, ValueError) as error:
            raise RestError(f"Airflow did not answer {method} {path}: {error}") from error
        finally:
            connection.close()
