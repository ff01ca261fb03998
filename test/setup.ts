import fc from 'fast-check';

// A property runs in one breath, so no test's time-out can end it: a failing value that shrinks for hours would never be
// shown. After this long the smallest one so far is reported.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000 });
