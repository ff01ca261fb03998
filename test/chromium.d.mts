/** The path of an executable. Throws an `Error` that says what to do when there is none to be had. */
export declare function findChromium(): string;
