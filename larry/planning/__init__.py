"""Planning: from doors to the fewest IQs and repeaters with a proven bound, and radio propagation; pure."""
