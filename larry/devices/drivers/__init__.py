"""Drivers: what a kind of device can do and how. A maker's own plugs in beside ours.

A driver is an object as described in `driver.Driver`, named by an entry point of the group
`larry.drivers`. `larry_profile` speaks device-profile.md; `generic` does what the open
standards allow with any device.
"""
