/**
 * How Node runs the server. Young objects get less room than V8 would take on a machine with many cores: the server shares
 * an office computer with other programs, and its requests leave little behind.
 */
export const serverFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16'];
