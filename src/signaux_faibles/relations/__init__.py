"""Relations in, relations out: the two engines, the schemas, and what the common API lacks (decision 0001)."""

from signaux_faibles.relations.absent_pandas import note_that_pandas_is_absent

note_that_pandas_is_absent()
