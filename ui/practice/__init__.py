"""The second window on the practice site: hands, building and bad luck."""
