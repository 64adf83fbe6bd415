"""Radio and serial: how Larry finds devices, talks to them, and what they answer."""
