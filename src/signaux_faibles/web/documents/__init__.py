"""Documents on paper: PDF drawn from pages, DOCX that agents complete by hand."""
