"""People keep their own entry: no account, no password, a link to the address on file. See docs/self-service.md."""
