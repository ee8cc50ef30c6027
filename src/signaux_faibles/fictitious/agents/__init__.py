"""What agents of the invented country wrote in the applications before this one, as those exported it."""
