"""The journal: who read which protected data, unlocked, exported, changed rights; written before content is sent."""
