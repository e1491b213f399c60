"""The papers of qualification: what each says, and how it is printed, in our layout or in the centre's."""
