"""How files spell what is no free text, as SQL over texts: blanks, days, identifiers, Urssaf periods."""
