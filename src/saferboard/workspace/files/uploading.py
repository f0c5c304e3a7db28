"""Files on their way in: how much one request may bring, looked at before anything is read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUpload(FileUploadHandler):
    """The first of the upload handlers. Whoever has not signed in uploads nothing, and nobody more
    than settings.UPLOAD_MOST_BYTES at once: the rest is not read, so no disk fills up."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # Django names it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig, which becomes a page with the status 400."""
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        most = settings.UPLOAD_MOST_BYTES if signed_in else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > most:
            raise RequestDataTooBig("an upload is too large")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Passed on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The next handler has the file."""
        return None
