"""Figures held against one another."""
