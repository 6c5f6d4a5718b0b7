"""Jobcentre Desk: fair comparison of traineeships, employers and municipalities, without a network."""

__version__ = "0.1.0"
