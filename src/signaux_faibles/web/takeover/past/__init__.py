"""Files of ours for what no application before this one kept: past séances of the CODEFI, past campagnes de contact."""
