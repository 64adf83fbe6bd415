"""Larry: plan, commission and hand over a site of wireless locks."""

__version__ = "0.1.0"
