package io.bridgewatch.adapter.bundle;

/** Where the reader stands: a file of the bundle and a line in it, counted from 1. */
record Place(String file, long line) {}
