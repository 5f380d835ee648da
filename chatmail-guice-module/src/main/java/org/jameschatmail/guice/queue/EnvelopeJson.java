package org.jameschatmail.guice.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.jameschatmail.protocols.smtp.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Writes all of a mail but its message as JSON, and reads it back. Attributes take James' own form, so DSN parameters,
 * which James keeps as attributes, come along; an attribute that James can't write is left out.
 *
 * <p>The address and the host name of the client are left out on purpose: a mail that comes out of a queue tells the
 * defaults of James, {@code 127.0.0.1} and {@code localhost}. Stateless, thread-safe.
 */
final class EnvelopeJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EnvelopeJson() {}

    static String write(Mail mail) {
        ObjectNode envelope = MAPPER.createObjectNode();
        envelope.put("name", mail.getName());
        mail.getMaybeSender().asOptional().ifPresent(sender -> envelope.put("sender", sender.asString()));
        ArrayNode recipients = envelope.putArray("recipients");
        mail.getRecipients().forEach(recipient -> recipients.add(recipient.asString()));
        envelope.put("state", mail.getState());
        envelope.put("errorMessage", mail.getErrorMessage());
        Optional.ofNullable(mail.getLastUpdated()).ifPresent(date -> envelope.put("lastUpdated", date.getTime()));
        ObjectNode attributes = envelope.putObject("attributes");
        mail.attributes()
                .forEach(attribute -> attribute
                        .getValue()
                        .toJson()
                        .ifPresent(value -> attributes.set(attribute.getName().asString(), value)));
        writeHeaders(envelope.putObject("recipientHeaders"), mail.getPerRecipientSpecificHeaders());
        return envelope.toString();
    }

    private static void writeHeaders(ObjectNode target, PerRecipientHeaders headers) {
        headers.getHeadersByRecipient().asMap().forEach((recipient, ofRecipient) -> {
            ArrayNode array = target.putArray(recipient.asString());
            ofRecipient.forEach(
                    header -> array.addObject().put("name", header.getName()).put("value", header.getValue()));
        });
    }

    /**
     * The mail, still without a message.
     *
     * @throws MessagingException when the text isn't what {@link #write} gave
     */
    static MailImpl read(String json) throws MessagingException {
        try {
            JsonNode envelope = MAPPER.readTree(json);
            MailImpl.Builder mail =
                    MailImpl.builder().name(envelope.required("name").asText());
            if (envelope.hasNonNull("sender")) {
                mail.sender(PeerAddress.parse(envelope.get("sender").asText()));
            }
            mail.addRecipients(readRecipients(envelope.required("recipients")));
            mail.state(textOrNull(envelope, "state"));
            mail.errorMessage(textOrNull(envelope, "errorMessage"));
            if (envelope.hasNonNull("lastUpdated")) {
                mail.lastUpdated(new Date(envelope.get("lastUpdated").asLong()));
            }
            for (Map.Entry<String, JsonNode> attribute :
                    envelope.required("attributes").properties()) {
                mail.addAttribute(new Attribute(
                        AttributeName.of(attribute.getKey()), AttributeValue.fromJson(attribute.getValue())));
            }
            mail.addAllHeadersForRecipients(readHeaders(envelope.required("recipientHeaders")));
            return mail.build();
        } catch (JsonProcessingException | RuntimeException e) {
            throw new MessagingException("The envelope can't be read", e);
        }
    }

    private static Collection<MailAddress> readRecipients(JsonNode array) throws AddressException {
        List<MailAddress> recipients = new ArrayList<>(array.size());
        for (JsonNode recipient : array) {
            recipients.add(PeerAddress.parse(recipient.asText()));
        }
        return recipients;
    }

    private static PerRecipientHeaders readHeaders(JsonNode object) throws AddressException {
        PerRecipientHeaders headers = new PerRecipientHeaders();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            MailAddress recipient = PeerAddress.parse(entry.getKey());
            for (JsonNode header : entry.getValue()) {
                headers.addHeaderForRecipient(
                        Header.builder()
                                .name(header.required("name").asText())
                                .value(header.required("value").asText())
                                .build(),
                        recipient);
            }
        }
        return headers;
    }

    private static @Nullable String textOrNull(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
