"""What agents of the invented country wrote in earlier applications, as these exported it."""
