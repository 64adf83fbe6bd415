"""The program inside the simulated devices: the device side of each codec, one dispatcher for all."""
