"""Who the database believes is asking. It is told at the bottom, in `audit.session`, because the
audit's own rows are shown by it too."""

from __future__ import annotations

from saferboard.workspace.audit.session import SETTING, SYSTEM_ID, acting, as_system

__all__ = ["SETTING", "SYSTEM_ID", "acting", "as_system"]
