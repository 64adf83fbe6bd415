"""The frame around the stages: bars, start page, find, settings of the window."""
