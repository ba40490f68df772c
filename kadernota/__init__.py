"""The Django project: settings, addresses, headers. No business word lives here."""
