"""The project: settings, addresses, the demo. Imported by no app."""
