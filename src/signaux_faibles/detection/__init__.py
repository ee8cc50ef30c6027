"""From the panel to a numbered list: features, learning, scoring, lists."""
