"""What a run did, in French: facts, words, then a page, a text or a screen."""
