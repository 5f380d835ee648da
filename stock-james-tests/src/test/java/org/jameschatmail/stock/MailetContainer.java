package org.jameschatmail.stock;

import java.util.List;

/**
 * A {@code mailetcontainer.xml} with a processor for each sample. Mail to the host of a sample meets that sample; then it is accepted, unless the sample moved it to the processor {@code refused}. What is accepted and for
 * a local user is delivered; all else ends in the repository {@code accepted}, {@code refused} or {@code error}.
 */
final class MailetContainer {
    private MailetContainer() {}

    static String with(List<Sample> samples) {
        StringBuilder routes = new StringBuilder();
        StringBuilder processors = new StringBuilder();
        for (Sample sample : samples) {
            routes.append(to(sample.id(), "HostIs=" + sample.host()));
            processors.append(processor(sample.id(), sample.xml() + to("accepted", "All")));
        }
        return """
               <mailetcontainer enableJmx="false">
                   <context><postmaster>postmaster@stock.example</postmaster></context>
                   <spooler><threads>4</threads><errorRepository>memory://spool-error/</errorRepository></spooler>
                   <processors>
               %s
                   </processors>
               </mailetcontainer>
               """.formatted(processor(
                        "root", routes + to("refusecleartext-1", "HostIs=stock.example") + to("error", "All"))
                + processors
                + processor(
                        "accepted", "<mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"/>" + keep("accepted"))
                + processor("refused", keep("refused"))
                + processor("error", keep("error"))
                // James wants to see one that drops Bcc.
                + processor(
                        "transport",
                        "<mailet match=\"All\" class=\"RemoveMimeHeader\"><name>bcc</name></mailet>"
                                + to("error", "All")));
    }

    private static String processor(String name, String mailets) {
        return "<processor state=\"" + name + "\" enableJmx=\"false\">\n" + mailets + "</processor>\n";
    }

    private static String to(String processor, String matcher) {
        return "<mailet match=\"" + matcher + "\" class=\"ToProcessor\"><processor>" + processor
                + "</processor></mailet>\n";
    }

    private static String keep(String repository) {
        return "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>memory://" + repository
                + "/</repositoryPath></mailet>\n";
    }
}
