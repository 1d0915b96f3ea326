"""Volumes and tables: where each of several reports begins."""
