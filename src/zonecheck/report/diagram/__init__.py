"""Drawings of a design without a library for drawing: what lies in which zone, and where."""
