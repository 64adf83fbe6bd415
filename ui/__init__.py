"""The window: Qt only. Everything it does goes through larry.services and larry.domain."""
