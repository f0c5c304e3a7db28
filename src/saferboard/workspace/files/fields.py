"""A field of a form that takes several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class FilesInput(forms.ClearableFileInput):
    """A box for files that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """At least one file; each is checked as a single one would be."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"multiple": True}), **more)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files, in the order chosen. Raises ValidationError where there is none."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]
