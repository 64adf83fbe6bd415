"""Between Qt and the rest: tasks, events of the site, snapshots of the devices."""
