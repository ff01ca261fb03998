/** The thread that compiles. */
