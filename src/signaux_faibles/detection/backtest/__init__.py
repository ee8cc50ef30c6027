"""What the predictions would have been worth at each quarter since 2018, beside what anyone could do instead."""
