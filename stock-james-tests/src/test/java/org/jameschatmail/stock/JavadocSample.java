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
 * An XML sample in the Javadoc of a mailet or matcher.
 *
 * @param className the class that shows it, without its package
 * @param number of the sample in the class, from 1
 * @param xml as an operator would copy it
 */
record JavadocSample(String className, int number, String xml) {
    private static final Pattern SAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\R \\* \\}</pre>", Pattern.DOTALL);
    private static final Pattern USABLE =
            Pattern.compile("public final class \\w+ extends (GenericMailet|MailPredicate)");

    /** All samples of all mailets and matchers in a source folder; fails when one of them shows none. */
    static List<JavadocSample> in(Path sources) throws IOException {
        List<JavadocSample> samples = new ArrayList<>();
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

    private static List<JavadocSample> of(String className, String source) {
        List<JavadocSample> samples = new ArrayList<>();
        Matcher matcher = SAMPLE.matcher(source);
        while (matcher.find()) {
            String xml = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
            samples.add(new JavadocSample(className, samples.size() + 1, xml));
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
