"""``python -m rayform.lab.engine.aws [ENGINE]``: serve the provider and print the port."""

from ..plugin import serve_provider, without_sdk

without_sdk()

from .provider import Aws  # noqa: E402 - only now comes without the SDK

serve_provider(Aws())
