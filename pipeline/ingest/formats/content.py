"""What a reader of one format hands back: the text, what it was, and what there is to report."""

from dataclasses import dataclass

from pipeline.values import Reason, Status


@dataclass(frozen=True, slots=True)
class Report:
    """One thing to report about a file: how bad it is, its code, and a message, Chinese first."""

    status: Status
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a file; `text` is None if it could not be read, and then a report says why."""

    text: str | None
    media_type: str | None = None
    encoding: str | None = None
    reports: tuple[Report, ...] = ()


def refused(status: Status, reason: Reason, detail: str, media_type: str | None = None) -> Content:
    """Content without a text, for one reason."""
    return Content(None, media_type, None, (Report(status, reason, detail),))
