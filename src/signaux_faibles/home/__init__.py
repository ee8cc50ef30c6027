"""The folder of a chain: where everything lies, what is published, who may write."""
