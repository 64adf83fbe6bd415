"""Commission: the job's queue, the act at hand, what comes next."""
