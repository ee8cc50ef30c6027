"""Components of the design system (DSFR), behind our own template tags: no other folder knows how they are built."""
