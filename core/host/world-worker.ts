/** The thread that owns the world: its store, its branch and all that answers for them. */
