"""Names are asked, never private machines: a publisher's name that leads into a private network is refused before anything is sent.

Checked on the connection itself, after the name was resolved, so that a name cannot mean one machine when looked at and another when used.
"""

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from milestones.domain.errors import Refused


def require_public(address: str) -> None:
    """Raises Refused unless the IP address is one of the public Internet."""
    if not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise Refused(f"its name leads to {address}, which is no public address; a mirror in your own network is set with MILESTONES_MIRROR")


class PublicOnly(HTTPAdapter):
    """The transport of requests, to public addresses only. A proxy from the environment is trusted to do the same."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As its parent does; only connections are ours."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {**self.poolmanager.pool_classes_by_scheme, "https": _PublicPool}


class _PublicConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        if self.proxy is None:
            try:
                require_public(connected.getpeername()[0])
            except Refused:
                connected.close()
                raise
        return connected


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection
