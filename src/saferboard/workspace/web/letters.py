"""Letters by e-mail: short, plain, without anything that only members may know."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection

from saferboard.workspace.web.brand import partnership_look

_log = logging.getLogger("saferboard.letters")


@dataclass(frozen=True)
class Letter:
    """A letter to one address; `lines` are its paragraphs."""

    to: str
    subject: str
    lines: tuple[str, ...]


def send(letters: Iterable[Letter]) -> int:
    """Sends letters, each by itself, and returns how many the mail server took. What it did not
    take is logged without an address: the page or the task that sends goes on."""
    name, sent = partnership_look().name, 0
    for letter in letters:
        message = EmailMessage(
            subject=f"{name}: {letter.subject}",
            body="\n\n".join((*letter.lines, f"{name}. This letter was sent by a machine.")) + "\n",
            to=[letter.to],
            connection=get_connection(),
        )
        try:
            sent += message.send()
        except (SMTPException, OSError) as error:
            _log.error("A letter was not sent: %s", type(error).__name__)
    return sent
