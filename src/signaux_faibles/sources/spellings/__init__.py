"""How files spell values other than free text, as SQL over texts: blanks, days, identifiers, Urssaf periods."""
