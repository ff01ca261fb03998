/** The desktop shell. */
