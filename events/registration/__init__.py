"""Registration for events: two modes, selection and sign-up, on one engine. docs/registration.md."""
