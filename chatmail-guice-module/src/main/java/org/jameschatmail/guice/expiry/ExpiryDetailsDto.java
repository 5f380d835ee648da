package org.jameschatmail.guice.expiry;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.apache.james.json.DTOModule;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;

/** The details of a task as JSON: numbers alone. */
record ExpiryDetailsDto(
        @JsonProperty("type") String type,
        @JsonProperty("timestamp") Instant timestamp,
        @JsonProperty("dryRun") boolean dryRun,
        @JsonProperty("messages") long messages,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("accounts") long accounts,
        @JsonProperty("others") long others,
        @JsonProperty("mailboxesVisited") long mailboxesVisited,
        @JsonProperty("accountsVisited") long accountsVisited,
        @JsonProperty("failures") long failures,
        @JsonProperty("workMillis") long workMillis)
        implements AdditionalInformationDTO {
    static AdditionalInformationDTOModule<ExpiryTask.Details, ExpiryDetailsDto> module() {
        return DTOModule.forDomainObject(ExpiryTask.Details.class)
                .convertToDTO(ExpiryDetailsDto.class)
                .toDomainObjectConverter(ExpiryDetailsDto::toDetails)
                .toDTOConverter(ExpiryDetailsDto::of)
                .typeName(ExpiryTask.TYPE.asString())
                .withFactory(AdditionalInformationDTOModule::new);
    }

    private static ExpiryDetailsDto of(ExpiryTask.Details details, String type) {
        ExpiryReport report = details.report();
        return new ExpiryDetailsDto(
                type,
                details.timestamp(),
                details.dryRun(),
                report.messages(),
                report.octets(),
                report.accounts(),
                report.others(),
                report.mailboxesVisited(),
                report.accountsVisited(),
                report.failures(),
                report.work().toMillis());
    }

    private ExpiryTask.Details toDetails() {
        ExpiryReport report = new ExpiryReport(
                messages,
                bytes,
                accounts,
                others,
                mailboxesVisited,
                accountsVisited,
                failures,
                Duration.ofMillis(workMillis));
        return new ExpiryTask.Details(timestamp, dryRun, report);
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public Instant getTimestamp() {
        return timestamp;
    }
}
