/** What docs/ gives those who watch a server, in the hands of the programs it is for: Prometheus and Grafana's own types. */
@NullMarked
package org.jameschatmail.integration.monitoring;

import org.jspecify.annotations.NullMarked;
