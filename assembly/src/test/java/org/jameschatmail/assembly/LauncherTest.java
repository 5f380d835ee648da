package org.jameschatmail.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/chatmail} with a stand-in for Java that shows the arguments it gets, one a line. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("src/dist/bin/chatmail").toAbsolutePath();

    @TempDir
    Path temporary;

    private Path home;
    private Path launcher;

    private record Outcome(int status, List<String> lines) {}

    @BeforeEach
    void unpack() throws IOException {
        home = temporary.toRealPath().resolve("a folder with blanks");
        launcher = home.resolve("bin/chatmail");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, launcher);
        Files.createFile(home.resolve("lib/chatmail.jar"));
        executable(launcher);
    }

    @Test
    void launcherShouldHandOverArgumentsUntouched() throws Exception {
        Outcome outcome = launch(launcher, Map.of(), "run", "--set", "a=b  c", "-J", "*");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.lines())
                .containsSubsequence(
                        "-Dchatmail.home=" + home,
                        "-cp",
                        home.resolve("lib/chatmail.jar").toString(),
                        "org.jameschatmail.assembly.Main",
                        "run",
                        "--set",
                        "a=b  c",
                        "-J",
                        "*");
    }

    @Test
    void launcherShouldFindItsFolderThroughLinks() throws Exception {
        Path link = temporary.resolve("first link");
        Files.createSymbolicLink(link, Path.of(home.getFileName().toString(), "bin", "chatmail"));
        Path second = temporary.resolve("second");
        Files.createSymbolicLink(second, link);

        assertThat(launch(second, Map.of(), "help").lines()).contains("-Dchatmail.home=" + home);
    }

    @Test
    void launcherShouldPassLeadingOptionsToJava() throws Exception {
        List<String> lines = launch(launcher, Map.of(), "-J-Da=b c", "-J-Dd=e", "run", "-J-Dno")
                .lines();

        assertThat(lines).containsSubsequence("-Da=b c", "-Dd=e", "org.jameschatmail.assembly.Main", "run", "-J-Dno");
    }

    @Test
    void launcherShouldLetTheOperatorsOptionsWin() throws Exception {
        Map<String, String> options = Map.of("CHATMAIL_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");

        assertThat(launch(launcher, options, "run").lines())
                .containsSubsequence("-Xmx512m", "-Xmx1g", "-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void launcherShouldRefuseAnOldJava() throws Exception {
        Outcome outcome = launch(launcher, Map.of("FAKE_VERSION", "1.8.0_402"), "run");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines()).singleElement().asString().contains("1.8.0_402", "needs Java 17 or later");
    }

    @Test
    void launcherShouldSayWhenJavaIsMissing() throws Exception {
        Outcome outcome = launch(launcher, Map.of("CHATMAIL_JAVA", "/nowhere/java"), "run");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines()).singleElement().asString().contains("/nowhere/java, which is not a program");
    }

    @Test
    void launcherShouldLeaveOutWhatThisJavaDoesNotKnow() throws Exception {
        assertThat(launch(launcher, Map.of(), "run").lines()).contains("-XX:TrimNativeHeapInterval=60000");
        assertThat(launch(launcher, Map.of("FAKE_UNKNOWN", "yes"), "run").lines())
                .contains("-XX:+ExitOnOutOfMemoryError", "run")
                .noneMatch(line -> line.contains("TrimNativeHeapInterval"));
    }

    /** Where there are none, Java would say so at each start. */
    @Test
    void launcherShouldAskForHugePagesWhereThereAreSome() throws Exception {
        Path state = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean given = Files.isReadable(state) && !Files.readString(state).contains("[never]");

        assertThat(launch(launcher, Map.of(), "run").lines().contains("-XX:+UseTransparentHugePages"))
                .isEqualTo(given);
    }

    @Test
    void launcherShouldAllowWhatLaterJavaWarnsOf() throws Exception {
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "25.0.1"), "run").lines())
                .contains("--enable-native-access=ALL-UNNAMED");
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "17.0.9"), "run").lines())
                .doesNotContain("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void launcherShouldAskForSmallerObjectsWhereJavaKnowsThem() throws Exception {
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "25.0.1"), "run").lines())
                .contains("-XX:+UseCompactObjectHeaders");
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "24.0.2"), "run").lines())
                .noneMatch(line -> line.contains("CompactObjectHeaders"));
    }

    @Test
    void prepareShouldSayWhenTheServerDoesNotStart() throws Exception {
        Outcome outcome = launch(launcher, Map.of(), "prepare");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines().get(outcome.lines().size() - 1)).contains("wrote no class-data archive");
    }

    @Test
    void launcherShouldUseAnArchiveOfThisVeryJavaOnly() throws Exception {
        Files.createFile(home.resolve("lib/chatmail-java-17.0.9.jsa"));

        assertThat(launch(launcher, Map.of("FAKE_VERSION", "17.0.9"), "run").lines())
                .contains("-XX:SharedArchiveFile=" + home.resolve("lib/chatmail-java-17.0.9.jsa"));
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "17.0.10"), "run").lines())
                .noneMatch(line -> line.contains("SharedArchiveFile"));
    }

    @Test
    void launcherShouldUseAnAheadOfTimeCacheWhenJavaKnowsThem() throws Exception {
        Files.createFile(home.resolve("lib/chatmail-java-25.0.1.aot"));

        assertThat(launch(launcher, Map.of("FAKE_VERSION", "25.0.1"), "run").lines())
                .contains("-XX:AOTCache=" + home.resolve("lib/chatmail-java-25.0.1.aot"));
        assertThat(launch(launcher, Map.of("FAKE_VERSION", "25.0.2"), "run").lines())
                .noneMatch(line -> line.contains("AOTCache"));
    }

    private Outcome launch(Path program, Map<String, String> environment, String... arguments) throws Exception {
        Path java = temporary.resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case $* in
                    *-version) asked=yes ;;
                    *) asked=no ;;
                esac
                if [ $asked = yes ] && [ -n "${FAKE_UNKNOWN:-}" ] && [ "$*" != -version ]; then
                    echo "Unrecognized VM option" >&2
                    exit 1
                elif [ $asked = yes ]; then
                    echo "openjdk version \\"${FAKE_VERSION:-17.0.1}\\" 2021-10-19" >&2
                else
                    printf '%s\\n' "$@"
                fi
                """);
        executable(java);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CHATMAIL_JAVA_OPTS"));
        builder.environment().put("CHATMAIL_JAVA", java.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), lines);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
