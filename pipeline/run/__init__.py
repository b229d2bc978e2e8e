"""One run, from a corpus folder to published outputs: ``job.run``.

``workers`` and ``cluster`` do the work, ``cache`` and ``incremental`` spare it, ``publish`` and ``seal``
make the outputs appear whole and stand, ``progress`` tells a person. Nothing is imported here: whether a run
is needed at all (``seal``) must be known before the libraries of the stages are loaded.
"""
