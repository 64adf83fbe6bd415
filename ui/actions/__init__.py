"""What a person can do, each once: menu, key, button and search share these."""
