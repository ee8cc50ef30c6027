"""The folder of a chain: where each thing is kept, what is published, who may write."""
