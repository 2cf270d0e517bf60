"""Refuses files larger than the limits while they are still arriving, so that they never fill the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class LimitedUpload(FileUploadHandler):
    """Stops the upload at `UPLOAD_LIMIT_BYTES` of a file or `UPLOAD_LIMIT_WHOLE_BYTES` of all files together, and notes it
    on the request for the form to explain.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.seen = self.whole = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        self.whole += len(raw_data)
        if self.seen > settings.UPLOAD_LIMIT_BYTES or self.whole > settings.UPLOAD_LIMIT_WHOLE_BYTES:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
