"""Snapshots, each holding what administrations had delivered by one month: published, served to pages, and read."""
