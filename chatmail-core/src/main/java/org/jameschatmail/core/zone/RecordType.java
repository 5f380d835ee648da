package org.jameschatmail.core.zone;

/** The types of DNS records that a zone of ours has. */
public enum RecordType {
    A,
    AAAA,
    CNAME,
    MX,
    TXT,
    SRV,
    CAA
}
