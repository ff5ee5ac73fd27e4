"""Pages that show people figures: of a run, a training, an evaluation, a comparison; one file each, without network."""
