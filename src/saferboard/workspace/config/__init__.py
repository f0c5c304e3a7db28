"""Settings, addresses, the database's roles and the operators' command."""

import warnings

# of platformdirs, each time the embedded database is imported by a user without a session
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
