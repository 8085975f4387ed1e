"""A refusal before anything runs: one Chinese sentence with the right status."""

from starlette.responses import JSONResponse


class Refused(Exception):
    """A request that is not let through; `sentence` says why and what to do."""

    def __init__(self, status: int, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = headers

    def response(self) -> JSONResponse:
        """The refusal as the client gets it."""
        return JSONResponse({"detail": self.sentence}, self.status, self.headers)
