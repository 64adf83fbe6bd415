"""Where radio comes from: the system's Bluetooth, an HCI controller of our own, or nowhere."""
