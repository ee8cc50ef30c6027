"""Sign-in by ProConnect, the identity provider of State agents (OpenID Connect)."""
