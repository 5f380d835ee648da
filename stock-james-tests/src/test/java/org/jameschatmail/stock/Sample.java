package org.jameschatmail.stock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An XML sample in the Javadoc of a mailet or matcher, or in the guide.
 *
 * @param className the class that shows it, without its package, or {@code Guide}
 * @param number of the sample there, from 1
 * @param xml as an operator would copy it
 */
record Sample(String className, int number, String xml) {
    private static final Pattern SAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\R \\* \\}</pre>", Pattern.DOTALL);
    private static final Pattern FENCED = Pattern.compile("(?m)^```xml\\R(.*?)\\R```$", Pattern.DOTALL);
    private static final Pattern USABLE =
            Pattern.compile("public final class \\w+ extends (GenericMailet|MailPredicate)");

    /** All samples of all mailets and matchers in a source folder; fails when one of them shows none. */
    static List<Sample> in(Path sources) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.sorted().toList()) {
                String source = Files.readString(file);
                if (USABLE.matcher(source).find()) {
                    samples.addAll(of(file.getFileName().toString().replace(".java", ""), source));
                }
            }
        }
        return samples;
    }

    /** The samples of {@code docs/mailets.md}. */
    static List<Sample> inGuide(Path guide) throws IOException {
        List<Sample> samples = new ArrayList<>();
        Matcher matcher = FENCED.matcher(Files.readString(guide));
        while (matcher.find()) {
            samples.add(new Sample("Guide", samples.size() + 1, matcher.group(1)));
        }
        return samples;
    }

    private static List<Sample> of(String className, String source) {
        List<Sample> samples = new ArrayList<>();
        Matcher matcher = SAMPLE.matcher(source);
        while (matcher.find()) {
            String xml = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
            samples.add(new Sample(className, samples.size() + 1, xml));
        }
        if (samples.isEmpty()) {
            throw new AssertionError(className + " shows no sample in its Javadoc");
        }
        return samples;
    }

    /** Names its processor. */
    String id() {
        return className.toLowerCase(Locale.ROOT) + "-" + number;
    }

    /** Mail to this host meets it. */
    String host() {
        return id() + ".example";
    }
}
