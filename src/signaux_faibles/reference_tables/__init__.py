"""Tables of codes and labels that ship with the package (import-chain §9)."""
