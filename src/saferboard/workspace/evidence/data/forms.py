"""The form of the data app."""

from __future__ import annotations

from django import forms

from saferboard.workspace.files.fields import FilesField


class SendFiles(forms.Form):
    """Data files, or zips of them."""

    chosen = FilesField(
        label="Files",
        help_text="CSV, Excel, OpenDocument, JSON or zip, as the police, the ONS and partners "
        "publish them. What a file is, is seen from its content.",
    )
