package org.jameschatmail.protocols.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jameschatmail.core.address.MailDomain;

/**
 * What a DKIM-Signature field says; whether it is true is not yet known.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-3.5">RFC 6376, section 3.5</a>
 * @param field as it came
 * @param domain {@code d=}
 * @param keyName where the key is in DNS: {@code selector._domainkey.domain}
 * @param identityIsDomain whether {@code i=} is of the domain itself rather than of a subdomain
 * @param signedNames {@code h=}, in lower case; From is among them
 * @param bodyLength {@code l=}: how much of the canonical body is signed, when not all
 * @param signed {@code t=}
 * @param expires {@code x=}
 */
@SuppressWarnings("ArrayRecordComponent")
record DkimSignature(
        HeaderBlock.Field field,
        MailDomain domain,
        String keyName,
        boolean identityIsDomain,
        Algorithm algorithm,
        Canonicalization headerForm,
        Canonicalization bodyForm,
        List<String> signedNames,
        byte[] bodyHash,
        byte[] signature,
        Optional<Long> bodyLength,
        Optional<Instant> signed,
        Optional<Instant> expires) {
    private static final Pattern SELECTOR =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_][A-Za-z0-9_-]*)*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,76}");
    /** RFC 6376 takes a time from here on for the end of days. */
    private static final int LONGEST_NUMBER = 12;

    private static final int LONGEST_DOMAIN = 253;

    /**
     * Reads a field; empty when a tag is malformed, missing or unknown to us in a way that matters, when From isn't
     * signed, or when {@code i=} is of another domain.
     */
    static Optional<DkimSignature> parse(HeaderBlock.Field field) {
        return TagList.parse(field.value()).flatMap(tags -> {
            try {
                return Optional.of(of(field, tags));
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        });
    }

    /** The field with an empty {@code b=}, the form in which it signs itself. */
    String unsigned() {
        String value = field.value();
        String name = field.text().substring(0, field.text().length() - value.length());
        return name + TagList.withoutValue(value, "b");
    }

    private static DkimSignature of(HeaderBlock.Field field, TagList tags) {
        require(need(tags.get("v")).equals("1"));
        require(tags.get("q").map(DkimSignature::isByTxt).orElse(true));
        MailDomain domain = domain(need(tags.get("d")));
        String selector = need(tags.get("s"));
        String keyName = selector + "._domainkey." + domain;
        require(keyName.length() <= LONGEST_DOMAIN && SELECTOR.matcher(selector).matches());
        List<String> names = TagList.words(need(tags.get("h")));
        require(names.contains("from"));
        String[] forms = tags.get("c").orElse("simple").split("/", 2);
        String bodyForm = forms.length == 2 ? forms[1] : "simple";
        return new DkimSignature(
                field,
                domain,
                keyName,
                isOfDomain(tags.get("i"), domain),
                need(Algorithm.ofSignature(need(tags.get("a")))),
                need(Canonicalization.parse(forms[0])),
                need(Canonicalization.parse(bodyForm)),
                names,
                Base64.getDecoder().decode(need(tags.compact("bh"))),
                Base64.getDecoder().decode(need(tags.compact("b"))),
                tags.get("l").map(DkimSignature::number),
                tags.get("t").map(DkimSignature::number).map(Instant::ofEpochSecond),
                tags.get("x").map(DkimSignature::number).map(Instant::ofEpochSecond));
    }

    /** Whether {@code i=} is of the domain itself; as a subdomain it is fine unless the key says otherwise. */
    private static boolean isOfDomain(Optional<String> identity, MailDomain domain) {
        if (identity.isEmpty()) {
            return true;
        }
        int at = identity.get().lastIndexOf('@');
        require(at >= 0);
        MailDomain host = domain(identity.get().substring(at + 1));
        boolean same = host.equals(domain);
        require(same || host.text().endsWith("." + domain));
        return same;
    }

    private static MailDomain domain(String octets) {
        String text = new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return need(FromDomain.parse(text).filter(domain -> !domain.isAddressLiteral()));
    }

    private static boolean isByTxt(String methods) {
        return !Collections.disjoint(TagList.words(methods), List.of("dns/txt", "dns"));
    }

    private static long number(String digits) {
        require(DIGITS.matcher(digits).matches());
        return digits.length() > LONGEST_NUMBER ? 999_999_999_999L : Long.parseLong(digits);
    }

    private static <T> T need(Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("Malformed signature"));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("Malformed signature");
        }
    }
}
