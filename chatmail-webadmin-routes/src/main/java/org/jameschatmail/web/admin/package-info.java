/** Routes beside James' own in WebAdmin, which the operator alone reaches: JSON, and errors as James tells them. */
@NullMarked
package org.jameschatmail.web.admin;

import org.jspecify.annotations.NullMarked;
