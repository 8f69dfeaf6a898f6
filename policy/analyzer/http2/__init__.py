"""The server's side of HTTP/2, as far as calls with one request and one response need it; no socket here.

Why it is written here: libraries of gRPC for Python carry one call in 0.4 ms, which is more than all rules together may
take for a resource. What is hard in HTTP/2, the packing of headers, is hpack's.
"""

from .connection import Connection, Request
from .sending import Response

__all__ = ["Connection", "Request", "Response"]
