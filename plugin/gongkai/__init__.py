"""gongkai: checks, marks and corrects the nine disclosure sheets 公开01-09."""

__version__ = "0.1.0"
