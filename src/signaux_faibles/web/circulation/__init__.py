"""What agents are notified of: the centre of notifications, its preferences and the digest by mail, all from events."""
