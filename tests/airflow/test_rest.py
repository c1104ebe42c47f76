"""The API goes on answering us when the token has run out, and what it refuses keeps its status."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from milestones.airflow.rest import Rest, RestError


class Api(BaseHTTPRequestHandler):
    """Gives numbered tokens, and takes the newest only."""

    given = 0
    asked: list[str] = []  # noqa: RUF012  # each test has a class of its own

    def do_POST(self) -> None:
        type(self).given += 1
        self._answer(200, {"access_token": f"token-{self.given}"})

    def do_GET(self) -> None:
        self.asked.append(self.path)
        good = self.given >= 2 and self.headers["Authorization"] == f"Bearer token-{self.given}"
        self._answer(200 if good and "missing" not in self.path else 404 if good else 401, {"fine": good})

    def _answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def api() -> Iterator[tuple[Rest, type[Api]]]:
    handler = type("ApiOfThisTest", (Api,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Rest(port=server.server_port, user="admin", password="secret"), handler
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_token_that_has_run_out_is_asked_for_again(api: tuple[Rest, type[Api]]) -> None:
    rest, handler = api
    assert rest.get("dags", state=("success", "failed"), limit=1) == {"fine": True}
    assert handler.given == 2
    assert handler.asked == ["/api/v2/dags?state=success&state=failed&limit=1"] * 2


def test_a_refusal_keeps_its_status(api: tuple[Rest, type[Api]]) -> None:
    rest, _ = api
    with pytest.raises(RestError) as caught:
        rest.get("missing")
    assert caught.value.status == 404
