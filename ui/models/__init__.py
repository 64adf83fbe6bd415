"""Qt models: adapters over the site and the services; they hold no data of their own."""
