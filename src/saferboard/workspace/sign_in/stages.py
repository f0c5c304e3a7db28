"""What stands between a right password and being signed in."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from saferboard.workspace.sign_in import sessions


class SecondFactor(AuthenticateStage):
    """Asks for a second factor, unless the partnership's provider has just vouched for one. Who has
    none yet gets in and is led to enrol: see the middleware."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if person is not None and sessions.vouched(request.session, str(person.pk)):
            return False
        return bool(super()._should_handle(request))
