"""Radio propagation: level over distance, walls and floors, fitted to what was measured; pure."""
