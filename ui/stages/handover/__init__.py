"""Hand over: is the site ready for its owner, the pack, the release."""
