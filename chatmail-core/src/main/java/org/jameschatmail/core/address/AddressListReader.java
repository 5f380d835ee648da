package org.jameschatmail.core.address;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an RFC 5322 address list from its tokens; single use. A fault anywhere leaves no address at all. */
final class AddressListReader {
    private final List<AddressToken> tokens;
    private int position;
    private boolean valid;
    private @Nullable EmailAddress first;

    AddressListReader(String field) {
        Optional<List<AddressToken>> read = AddressTokenizer.tokenize(field);
        this.tokens = read.orElse(List.of());
        this.valid = read.isPresent();
    }

    Optional<EmailAddress> first() {
        do {
            readAddress(false);
        } while (valid && accept(','));
        if (!valid || position < tokens.size()) {
            return Optional.empty();
        }
        return Optional.ofNullable(first);
    }

    private void readAddress(boolean inGroup) {
        int start = position;
        while (position < tokens.size() && tokens.get(position).isWord()) {
            position++;
        }
        int words = position - start;
        if (accept('<')) {
            readAddressSpec();
            require(accept('>'));
        } else if (words == 1 && isNext('@')) {
            position = start;
            readAddressSpec();
        } else {
            require(words > 0 && !inGroup && accept(':'));
            readGroup();
        }
    }

    private void readGroup() {
        if (!valid || accept(';')) {
            return;
        }
        do {
            readAddress(true);
        } while (valid && accept(','));
        require(accept(';'));
    }

    private void readAddressSpec() {
        Optional<AddressToken> localPart = next();
        boolean at = accept('@');
        Optional<AddressToken> domain = next();
        require(at
                && localPart.filter(AddressToken::isLocalPart).isPresent()
                && domain.filter(AddressToken::isDomain).isPresent());
        if (valid && first == null) {
            first = new EmailAddress(
                    localPart.orElseThrow().text(), domain.orElseThrow().text());
        }
    }

    private Optional<AddressToken> next() {
        return position < tokens.size() ? Optional.of(tokens.get(position++)) : Optional.empty();
    }

    private boolean isNext(char special) {
        return position < tokens.size() && tokens.get(position).isSpecial(special);
    }

    private boolean accept(char special) {
        if (!isNext(special)) {
            return false;
        }
        position++;
        return true;
    }

    private void require(boolean condition) {
        valid &= condition;
    }
}
