"""mailbot: the desk of a sales coordinator, living in a shared inbox."""

__version__ = "0.1.0"
