"""Builds the setup program of Windows, on any system that has pip and makensis: per user, offline, without an administrator."""
