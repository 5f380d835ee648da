/**
 * What a check decides: let it pass, or refuse it with an SMTP reply. Verdicts are values; exceptions stay for I/O and
 * bugs. A refusal has a public side, the reply, and a private one, the detail, which only the log may see.
 */
@NullMarked
package org.jameschatmail.core.verdict;

import org.jspecify.annotations.NullMarked;
