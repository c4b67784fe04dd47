"""Exceptions. Their codes are those of the HTTP API."""

from __future__ import annotations


class ForelandError(Exception):
    """Something that foreland cannot do, or will not.

    ``code`` is stable and the same in every face of foreland, ``detail`` says what is wrong and
    where, ``remedy`` what would be right (``None`` where that is not known).
    """

    code: str
    detail: str
    remedy: str | None

    def __init__(self, code: str, detail: str, remedy: str | None = None) -> None:
        self.code = code
        self.detail = detail
        self.remedy = remedy
        super().__init__(f"{detail}\n  help: {remedy}" if remedy else detail)

    def __reduce__(self) -> tuple[type[ForelandError], tuple[str, str, str | None]]:
        return type(self), (self.code, self.detail, self.remedy)


class NoRouteError(ForelandError):
    """No way over water, or only passages that are barred (``no_route``)."""


class UnknownPlaceError(ForelandError, LookupError):
    """No port has that code or name (``unknown_place``)."""


class AmbiguousPlaceError(ForelandError, LookupError):
    """Several ports have that name (``ambiguous_place``)."""


class BadRequestError(ForelandError, ValueError):
    """A value that was given is wrong (``bad_request``)."""


class TooBigError(ForelandError, ValueError):
    """More than is worked on at once (``too_big``)."""


class StudyError(ForelandError, ValueError):
    """The study file is wrong (``bad_study``)."""


class NotFoundError(ForelandError, LookupError):
    """There is no such file or table (``not_found``)."""


class InternalError(ForelandError, RuntimeError):
    """A file cannot be written, or foreland is wrong (``internal``)."""


_CLASSES: dict[str, type[ForelandError]] = {
    "no_route": NoRouteError,
    "unknown_place": UnknownPlaceError,
    "ambiguous_place": AmbiguousPlaceError,
    "bad_request": BadRequestError,
    "not_acceptable": BadRequestError,
    "too_big": TooBigError,
    "bad_study": StudyError,
    "not_found": NotFoundError,
    "internal": InternalError,
}


def of(code: str, detail: str, remedy: str | None) -> ForelandError:
    """The exception of a code; called from the compiled half."""
    return _CLASSES.get(code, ForelandError)(code, detail, remedy)
