"""A model behind HTTP: ``POST /`` with a text answers how friendly it is. The model is a word list; put yours there."""

from ray import serve
from starlette.requests import Request

FRIENDLY = frozenset({"glad", "good", "great", "love", "thanks"})
HOSTILE = frozenset({"awful", "bad", "hate", "sad", "worst"})


@serve.deployment
class Sentiment:
    """Counts friendly and hostile words."""

    async def __call__(self, request: Request) -> dict[str, float]:
        """Between -1, hostile, and 1, friendly; 0 for a text without either."""
        words = (await request.body()).decode(errors="replace").lower().split()
        friendly, hostile = (sum(word.strip(".,!?") in known for word in words) for known in (FRIENDLY, HOSTILE))
        return {"sentiment": (friendly - hostile) / max(1, friendly + hostile)}


app = Sentiment.bind()
