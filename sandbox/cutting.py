"""Ending a connection as a broken network does: the other side finds it reset, in the middle of whatever it did."""

import socket
import struct

from aiohttp import web

_NO_FAREWELL = struct.pack("ii", 1, 0)


def cut(request: web.BaseRequest) -> None:
    """Reset the connection behind a request, if it still stands."""
    transport = request.transport
    if transport is None:
        return
    connected = transport.get_extra_info("socket")
    if connected is not None:
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_FAREWELL)
    transport.abort()
