"""Carrying a plan out on devices: procedures, waits, persistence. Door: `larry.services.commissioning`."""
