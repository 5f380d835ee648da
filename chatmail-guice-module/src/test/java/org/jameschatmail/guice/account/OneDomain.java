package org.jameschatmail.guice.account;

import java.util.List;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;

/** The one domain of a server. */
record OneDomain(Domain domain) implements DomainList {
    @Override
    public List<Domain> getDomains() {
        return List.of(domain);
    }

    @Override
    public boolean containsDomain(Domain candidate) {
        return domain.equals(candidate);
    }

    @Override
    public void addDomain(Domain added) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeDomain(Domain removed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Domain getDefaultDomain() {
        return domain;
    }
}
