"""Tests of what puts gongkai on a PC."""
